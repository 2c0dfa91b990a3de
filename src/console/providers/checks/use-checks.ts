import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { runChecks, type AskedTest, type Finding, type ProviderTest } from '../queries.ts';

export interface Checks {
  readonly run: (asked: Omit<AskedTest, 'hear'>) => Promise<ProviderTest>;
  readonly running: boolean;
  /** As far as they are known. */
  readonly findings: readonly Finding[];
  /** Once all of them are. */
  readonly result: ProviderTest | undefined;
  readonly error: unknown;
}

/** Runs checks and has their findings as they come. */
export function useChecks(): Checks {
  const [findings, setFindings] = useState<readonly Finding[]>([]);
  const running = useMutation({
    mutationFn: async (asked: Omit<AskedTest, 'hear'>) => {
      setFindings([]);
      return await runChecks({ ...asked, hear: (finding) => setFindings((heard) => [...heard, finding]) });
    },
    onSuccess: ({ findings: all }) => setFindings(all),
  });
  return {
    run: running.mutateAsync,
    running: running.isPending,
    findings,
    result: running.data,
    error: running.error,
  };
}
