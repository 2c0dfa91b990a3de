import type { ProfileFields } from '../profile.ts';

const MAX_GREETING = 80;

/** A name that a mail program would turn into a link, or that says more than a name. */
const NOT_A_NAME = /[/@:<>\\]|\p{L}\.\p{L}{2,}|www\./iu;

/**
 * What a person is called in an e-mail. Names come from outside, and whoever can
 * choose a name could put an advertisement into our mail: what does not look like
 * a name is not used. Null when there is nothing to call the person by.
 */
export function greetingName(
  fields: Pick<ProfileFields, 'displayName' | 'givenName' | 'familyName'>,
): string | null {
  const full = [fields.givenName, fields.familyName].filter((part) => part !== null).join(' ');
  const names = [fields.givenName, fields.displayName, full];
  return names.find((name): name is string => name !== null && isName(name)) ?? null;
}

function isName(name: string): boolean {
  return name.trim() !== '' && name.length <= MAX_GREETING && !NOT_A_NAME.test(name);
}
