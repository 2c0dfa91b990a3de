import type { WorkFilter } from './queries.ts';

const KINDS = ['run', 'email', 'write-back'] as const;

/** Which work is listed, from the address of the screen. */
export function readWorkFilter({ state, kind }: Record<string, unknown>): WorkFilter {
  return {
    state: state === 'pending' ? 'pending' : undefined,
    kind: KINDS.find((one) => one === kind),
  };
}
