import { readStretch } from '../shell/read-stretch.ts';
import { STATES, type EmailSearch } from './queries.ts';

export function readEmailFilter(search: Record<string, unknown>): EmailSearch {
  const provider = search['provider'];
  return {
    state: STATES.find((state) => state === search['state']),
    provider: typeof provider === 'string' && provider !== '' ? provider : undefined,
    ...readStretch(search),
  };
}
