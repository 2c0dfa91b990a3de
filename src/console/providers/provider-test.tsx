import { Alert, Button, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { CheckList, stepsOf } from './checks/check-list.tsx';
import { useChecks } from './checks/use-checks.ts';
import { kindOf } from './draft/document.ts';
import type { ShownProvider } from './queries.ts';

/** Looks for everything that would stop a provider from working, and says how to mend each. */
export function ProviderTestPanel({ provider }: { readonly provider: ShownProvider }): ReactNode {
  const checks = useChecks();
  const { name, connector } = provider;
  return (
    <Stack>
      <Button
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        loading={checks.running}
        onClick={() => void checks.run({ of: name }).catch(() => undefined)}
      >
        Run the checks
      </Button>
      <ProblemAlert error={checks.error} />
      {checks.result?.ready === false && <Alert color="red" title="It is not ready yet" />}
      {checks.result?.ready === true && <Text>It is ready.</Text>}
      <CheckList
        steps={stepsOf(kindOf({ connector }), 'whole')}
        findings={checks.findings}
        running={checks.running}
      />
    </Stack>
  );
}
