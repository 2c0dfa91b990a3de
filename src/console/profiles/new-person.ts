import type { NewPerson } from './queries.ts';

export const TEXTS = ['username', 'email', 'givenName', 'familyName', 'displayName', 'locale'] as const;

/** What stands in the form. */
export interface Typed extends Readonly<Record<(typeof TEXTS)[number], string>> {
  readonly preRegistration: boolean;
  readonly forceReset: boolean;
  readonly attributes: readonly { readonly id: string; readonly name: string; readonly value: string }[];
}

export const EMPTY: Typed = {
  username: '',
  email: '',
  givenName: '',
  familyName: '',
  displayName: '',
  locale: '',
  preRegistration: true,
  forceReset: false,
  attributes: [],
};

/** What is sent: fields that are empty are left out, so that the server says which of them it misses. */
export function toPerson(typed: Typed): NewPerson {
  const texts = TEXTS.map((name): [string, string] => [name, typed[name]]);
  const attributes = typed.attributes.map(({ name, value }): [string, string] => [
    `attributes.${name.trim()}`,
    value,
  ]);
  const fields = Object.fromEntries([...texts, ...attributes].filter(([, value]) => value.trim() !== ''));
  const { preRegistration, forceReset } = typed;
  return { fields, preRegistration, forceReset: preRegistration && forceReset ? true : null };
}

const OPTIONS: Readonly<Record<(typeof TEXTS)[number], string>> = {
  username: '--username',
  email: '--email',
  givenName: '--given-name',
  familyName: '--family-name',
  displayName: '--display-name',
  locale: '--locale',
};

/** The same at the command line. */
export function createCommand(typed: Typed): string {
  const texts = TEXTS.filter((name) => typed[name].trim() !== '').map(
    (name) => `${OPTIONS[name]} ${quoted(typed[name])}`,
  );
  const attributes = typed.attributes
    .filter(({ name }) => name.trim() !== '')
    .map(({ name, value }) => quoted(`${name.trim()}=${value}`));
  return [
    'profile create',
    ...texts,
    ...(attributes.length > 0 ? [`--attribute ${attributes.join(' ')}`] : []),
    ...(typed.preRegistration ? ['--pre-registration'] : []),
    ...(typed.preRegistration && typed.forceReset ? ['--force-reset'] : []),
  ].join(' ');
}

function quoted(text: string): string {
  return /^[\w@.+=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
