import { INVITATIONS, type PeopleFilter } from './people-filter.ts';

const FLAGS = ['forceReset', 'preRegistration', 'undeliverable'] as const;

/** The filter that an address holds; whatever is none of it is left out. */
export function readPeopleFilter(search: Readonly<Record<string, unknown>>): PeopleFilter {
  const { text, recordKey, provider, state, invitation } = search;
  const flags = FLAGS.filter((flag) => search[flag] === true).map((flag): [string, true] => [flag, true]);
  const known = INVITATIONS.find((name) => name === invitation);
  return {
    ...textOf('text', text),
    ...textOf('recordKey', recordKey),
    ...textOf('provider', provider),
    ...((state === 'active' || state === 'disabled') && { state }),
    ...(known !== undefined && { invitation: known }),
    ...Object.fromEntries(flags),
  };
}

/** A search for digits alone arrives as a number. */
function textOf(name: 'text' | 'recordKey' | 'provider', value: unknown): PeopleFilter {
  if (typeof value === 'number') return { [name]: String(value) };
  return typeof value === 'string' && value !== '' ? { [name]: value } : {};
}
