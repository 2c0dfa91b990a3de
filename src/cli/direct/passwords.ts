import { writeBackSchema } from '../../http/schemas/write-backs.ts';
import type { WriteBackAsks } from '../asks/passwords.ts';
import { shownList, type About } from './about.ts';

export function directWriteBacks({ context, actor }: About): WriteBackAsks {
  return {
    list: async (filter) => {
      const { listWriteBacks } = await import('../../app/passwords/list-write-backs.ts');
      return shownList(writeBackSchema, await listWriteBacks(context, filter));
    },
    retry: async (which) => {
      const { retryWriteBacks } = await import('../../app/passwords/retry-write-backs.ts');
      return { retried: (await retryWriteBacks(context, which, actor)).length };
    },
    settle: async (decision) => {
      const { decideConflict } = await import('../../app/passwords/decide-conflict.ts');
      return { settled: await decideConflict(context, decision, actor) };
    },
  };
}
