import type { Finding } from '../../contract/connector.ts';
import { passed, problem, warning } from '../../contract/checks/findings.ts';
import { keyColumn } from '../key-column.ts';
import { quote, quoteTable } from '../identifiers.ts';
import { readShape, sourceItem } from '../shape.ts';
import type { Relation } from './relation.ts';
import type { CheckSubject } from './subject.ts';

/** Looking for repeated keys reads the whole source: it gets this long, in milliseconds. */
const SEARCH_MS = 10_000;

/** Whether the key names each record, and only one. `relation` is null for a query. */
export async function checkKey(
  subject: CheckSubject,
  relation: Relation | null,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { options, pool } = subject;
  // The key alone: other columns may be missing, which is said elsewhere.
  const alone = {
    ...options,
    columns: [],
    passwordColumn: null,
    writeBack: null,
    changes: { mode: 'none' as const },
  };
  const shape = await pool.read(signal, (run) => readShape(run, alone));
  const key = options.source.key.map((name) => keyColumn(shape.column(name)));
  const findings = [
    ...(shape.keyEnforced ? [] : await checkRepeated(subject, { key, relation }, signal)),
    ...(await checkNulls(subject, relation, signal)),
    ...key.flatMap(({ shape: { name, collation } }) => loose(name, collation)),
  ];
  if (findings.length > 0) return findings;
  return [
    passed(
      'key',
      shape.keyEnforced ? 'a unique index stands behind the key' : 'no key is repeated at present',
    ),
  ];
}

async function checkRepeated(
  { options, pool }: CheckSubject,
  about: { readonly key: readonly { readonly bytes: string }[]; readonly relation: Relation | null },
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const from = sourceItem(options.source);
  const key = options.source.key.map((name) => `r.${quote(name)}`);
  const whole = key.map((name) => `${name} IS NOT NULL`).join(' AND ');
  const where = options.source.where === undefined ? whole : `${whole} AND (\n${options.source.where}\n)`;
  const repeated = (by: string): string => `FROM ${from} WHERE ${where} GROUP BY ${by} HAVING COUNT(*) > 1`;
  try {
    const bytes = about.key.map((column) => column.bytes).join(', ');
    const { rows } = await pool.read(signal, (run) => run(`SELECT 1 ${repeated(bytes)} LIMIT 1`), SEARCH_MS);
    if (rows.length > 0)
      return [
        problem('key', {
          code: 'KEY_NOT_UNIQUE',
          message: `Several records have the same ${options.source.key.join(', ')}.`,
          remedy: `Choose a key that tells them apart. Which ones: SELECT ${key.join(', ')}, COUNT(*) ${repeated(key.join(', '))};`,
        }),
      ];
  } catch (error) {
    if ((error as { code?: string }).code !== 'SOURCE_TIMEOUT') throw error;
  }
  if (about.relation === null || about.relation.view) return [];
  return [
    warning('key', {
      code: 'KEY_NOT_ENFORCED',
      message:
        'No unique index stands behind the key: it may be repeated one day, and the run would stop then.',
      remedy: `ALTER TABLE ${quoteTable(about.relation.name)} ADD UNIQUE (${options.source.key.map(quote).join(', ')});`,
    }),
  ];
}

async function checkNulls(
  { options, pool }: CheckSubject,
  relation: Relation | null,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const nullable = options.source.key.filter((name) => relation?.column(name)?.nullable !== false);
  if (nullable.length === 0) return [];
  const missing = nullable.map((name) => `r.${quote(name)} IS NULL`).join(' OR ');
  const where = options.source.where === undefined ? '' : ` AND (\n${options.source.where}\n)`;
  const from = sourceItem(options.source);
  const { rows } = await pool.read(signal, (run) =>
    run(`SELECT 1 FROM ${from} WHERE (${missing})${where} LIMIT 1`),
  );
  if (rows.length === 0) return [];
  return [
    warning('key', {
      code: 'KEY_MISSING',
      message: `Records without ${nullable.join(' or ')} are not read: nothing tells them from each other.`,
      remedy: `Fill it in, or leave them out with source.where. Which ones: SELECT * FROM ${from} WHERE ${missing};`,
    }),
  ];
}

/** Keys are compared byte for byte here, and by the application with the column's collation. */
function loose(name: string, collation: string): readonly Finding[] {
  if (collation === '' || collation.endsWith('_bin') || collation === 'binary') return [];
  return [
    warning('key', {
      code: 'KEY_COLLATION_LOOSE',
      message: `The collation ${collation} of ${name} takes several texts for the same: a record whose key changes in case alone is another record to Tributary.`,
      remedy: `Use a numeric key, or make sure that the application never changes the case or the accents in ${name}.`,
    }),
  ];
}
