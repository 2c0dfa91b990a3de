import { at, isGroup, put, type Document } from './document.ts';
import { readRule, writeRule } from './rule.ts';

/** What every definition has unless its author says otherwise. */
const DEFAULTS: readonly (readonly [path: string, value: unknown])[] = [
  ['match', 'none'],
  ['safeguards.deletions.count', 500],
  ['safeguards.deletions.percent', 5],
  ['safeguards.deletions.floor', 20],
  ['safeguards.changes.percent', 50],
  ['safeguards.changes.floor', 100],
  ['safeguards.emails', 1000],
  ['password.format', 'auto'],
  ['password.onboarding', 'none'],
  ['password.writeBack.enabled', false],
  ['password.writeBack.conflict', 'newest'],
  ['connection.tls', 'verify-full'],
];

const RULES = ['username', 'email', 'givenName', 'familyName', 'displayName', 'locale', 'enabled'];

/** A stored definition, every default filled in, as its author would have written it. */
export function compact(definition: Document): Document {
  const plain = DEFAULTS.reduce(
    (document, [path, value]) => (at(document, path) === value ? put(document, path, undefined) : document),
    withoutEmpty(definition),
  );
  const fields = [
    ...RULES.map((field) => ['mapping', field]),
    ...Object.keys(groupAt(plain, 'mapping.attributes')).map((name) => ['mapping', 'attributes', name]),
    ['password', 'forceReset'],
    ['password', 'preRegistration'],
  ];
  return fields.reduce(
    (document, path) =>
      at(document, path) === undefined
        ? document
        : put(document, path, writeRule(readRule(at(document, path)))),
    plain,
  );
}

function groupAt(document: Document, path: string): Document {
  const group = at(document, path);
  return isGroup(group) ? group : {};
}

/** Groups without a setting say nothing; the group of a connection that has none is left out too. */
function withoutEmpty(document: Document): Document {
  return Object.fromEntries(
    Object.entries(document)
      .map(([key, value]): [string, unknown] => [key, isGroup(value) ? withoutEmpty(value) : value])
      .filter(([, value]) => value !== undefined && !(isGroup(value) && Object.keys(value).length === 0)),
  );
}
