import { compareProblems } from './compare-relations.ts';
import { isLoopback } from './connection.ts';
import type { SchemaProblem } from './problem.ts';
import { pushProblems } from './push-relations.ts';
import { verifyProblems } from './verify-relations.ts';

/**
 * What can be wrong between settings that are each right. Looks at the document
 * as it was written, so that it has its say also when something else is wrong.
 */
export function relationProblems(document: unknown): readonly SchemaProblem[] {
  return [
    ...(at(document, 'connector') === 'push' ? pushProblems(document) : sourceProblems(document)),
    ...tlsProblems(document),
    ...mappedPasswordProblems(document),
    ...onboardingProblems(document),
    ...writeBackProblems(document),
    ...verifyProblems(document),
    ...compareProblems(document),
  ];
}

/** What stands at a path of a document; undefined when nothing does. */
function at(document: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? Object.getOwnPropertyDescriptor(value, key)?.value
        : undefined,
    document,
  );
}

function sourceProblems(document: unknown): SchemaProblem[] {
  const source = at(document, 'source');
  if (typeof source !== 'object' || source === null) return [];
  const given = ['table', 'query'].filter((key) => at(source, key) !== undefined);
  if (given.length === 1) return [];
  return [
    {
      path: 'source',
      code: 'TABLE_OR_QUERY',
      message: given.length === 0 ? 'names neither a table nor a query' : 'names a table and a query',
      remedy: 'Give exactly one of table and query.',
    },
  ];
}

function tlsProblems(document: unknown): SchemaProblem[] {
  const host = at(document, 'connection', 'host');
  if (at(document, 'connection', 'tls') !== 'disable' || typeof host !== 'string' || isLoopback(host))
    return [];
  return [
    {
      path: 'connection.tls',
      code: 'TLS_REQUIRED',
      message: 'may be disabled for a database on this machine only',
      remedy: 'Use verify-full; for a private authority give its certificates in connection.ca.',
    },
  ];
}

function mappedPasswordProblems(document: unknown): SchemaProblem[] {
  const hashColumns = [
    at(document, 'password', 'column'),
    ...['salt', 'algorithm', 'credentialData'].map((part) =>
      at(document, 'password', 'format', part, 'column'),
    ),
  ].filter((column): column is string => typeof column === 'string');
  return rules(document)
    .filter(([, rule]) => columnsNamed(rule).some((column) => hashColumns.some((hash) => hash === column)))
    .map(([path]) => ({
      path,
      code: 'PASSWORD_COLUMN_MAPPED',
      message: 'reads a column of password hashes',
      remedy: 'Hashes never become fields of a profile: map another column.',
    }));
}

/** The rules among the settings of a password. */
function flagRules(document: unknown): Record<string, unknown> {
  const named = ['forceReset', 'preRegistration'];
  return Object.fromEntries(named.map((key) => [key, at(document, 'password', key)]));
}

/** What an expression reads is found out where expressions are understood. */
function columnsNamed(rule: unknown): readonly unknown[] {
  const lists = ['columns', 'coalesce'].map((key): readonly unknown[] => {
    const list: unknown = at(rule, key);
    return Array.isArray(list) ? list : [];
  });
  return [rule, at(rule, 'column'), ...lists.flat()];
}

function rules(document: unknown): readonly (readonly [path: string, rule: unknown])[] {
  const groups: readonly (readonly [string, unknown])[] = [
    ['mapping', at(document, 'mapping')],
    ['mapping.attributes', at(document, 'mapping', 'attributes')],
    ['password', flagRules(document)],
  ];
  return groups.flatMap(([path, group]) =>
    typeof group === 'object' && group !== null
      ? Object.entries(group).map(([name, rule]): [string, unknown] => [`${path}.${name}`, rule])
      : [],
  );
}

function onboardingProblems(document: unknown): SchemaProblem[] {
  const asked =
    at(document, 'password', 'onboarding') === 'pre-registration' ||
    at(document, 'password', 'preRegistration') !== undefined;
  const mapping = at(document, 'mapping');
  if (!asked || mapping === undefined || at(mapping, 'email') !== undefined) return [];
  return [
    {
      path: 'mapping.email',
      code: 'EMAIL_NEEDED',
      message: 'is missing, and pre-registration sends an e-mail',
      remedy: 'Map the column that holds the address.',
    },
  ];
}

function writeBackProblems(document: unknown): SchemaProblem[] {
  if (at(document, 'password', 'writeBack', 'enabled') !== true) return [];
  const problems: SchemaProblem[] = [];
  const path = 'password.writeBack.enabled';
  if (at(document, 'password', 'column') === undefined)
    problems.push({
      path,
      code: 'WRITE_BACK_NEEDS_COLUMN',
      message: 'asks for passwords to be written back, and no column is named',
      remedy: 'Name the column in password.column.',
    });
  if (at(document, 'source', 'query') !== undefined)
    problems.push({
      path,
      code: 'WRITE_BACK_NEEDS_TABLE',
      message: 'asks for passwords to be written back, and nothing can be written through a query',
      remedy: 'Name the table in source.table, or turn write-back off.',
    });
  return problems;
}
