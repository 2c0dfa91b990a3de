import type { PeopleFilter } from './queries.ts';

const FLAGS = ['forceReset', 'preRegistration', 'undeliverable'] as const;

/** The filter that an address holds; whatever is none of it is left out. */
export function readPeopleFilter(search: Readonly<Record<string, unknown>>): PeopleFilter {
  const { text, provider, state } = search;
  const flags = FLAGS.filter((flag) => search[flag] === true).map((flag): [string, true] => [flag, true]);
  return {
    ...(typeof text === 'string' && { text }),
    ...(typeof provider === 'string' && { provider }),
    ...((state === 'active' || state === 'disabled') && { state }),
    ...Object.fromEntries(flags),
  };
}
