import { readStretch } from '../shell/read-stretch.ts';
import { ACTIONS, KINDS, RECORD_STATES, STATES, type RunFilter, type RunView } from './queries.ts';

function oneOf<T extends string>(known: readonly T[], given: unknown): T | undefined {
  return known.find((one) => one === given);
}

function text(given: unknown): string | undefined {
  // A key of digits comes as a number.
  const value = typeof given === 'number' ? String(given) : given;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Which runs are listed, from the address of the screen. */
export function readRunFilter(search: Record<string, unknown>): RunFilter {
  return {
    provider: text(search['provider']),
    state: oneOf(STATES, search['state']),
    kind: oneOf(KINDS, search['kind']),
    ...readStretch(search),
  };
}

/** Which part of a run is shown, and of it which records. */
export function readRunView(search: Record<string, unknown>): RunView {
  return {
    tab: oneOf(['records', 'errors'] as const, search['tab']),
    action: oneOf(ACTIONS, search['action']),
    state: oneOf(RECORD_STATES, search['state']),
    recordKey: text(search['recordKey']),
    mended: search['mended'] === true ? true : undefined,
  };
}
