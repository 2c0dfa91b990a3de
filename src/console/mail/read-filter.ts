import { readStretch, type StretchSearch } from '../shell/read-stretch.ts';
import type { Email } from './queries.ts';

export const STATES: readonly Email['state'][] = [
  'held',
  'queued',
  'sent',
  'undeliverable',
  'failed',
  'cancelled',
];

/** Held in the address of the screen. */
export interface EmailSearch extends StretchSearch {
  readonly state?: Email['state'] | undefined;
  /** Whose people they go to. */
  readonly provider?: string | undefined;
}

export function readEmailFilter(search: Record<string, unknown>): EmailSearch {
  const provider = search['provider'];
  return {
    state: STATES.find((state) => state === search['state']),
    provider: typeof provider === 'string' && provider !== '' ? provider : undefined,
    ...readStretch(search),
  };
}
