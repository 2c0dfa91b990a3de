import type { Finding } from '../../contract/connector.ts';
import { passed, problem, warning } from '../../contract/checks/findings.ts';
import { sqlState } from '../failures.ts';
import { quote } from '../identifiers.ts';
import { sourceItem } from '../shape.ts';
import { checkCollation } from './collation.ts';
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
  const enforced = relation !== null && (await isEnforced(subject, relation, signal));
  const findings = [
    ...(enforced ? [] : await checkRepeated(subject, signal)),
    ...(await checkNulls(subject, relation, signal)),
    ...(relation === null
      ? []
      : await subject.pool.read(signal, (run) => checkCollation(subject, relation, run))),
  ];
  if (findings.length > 0) return findings;
  return [passed('key', enforced ? 'a unique index stands behind the key' : 'no key is repeated at present')];
}

async function isEnforced(
  { options, pool }: CheckSubject,
  relation: Relation,
  signal: AbortSignal,
): Promise<boolean> {
  const { rows } = await pool.read(signal, (run) =>
    run(
      `SELECT array_to_json(array_agg(a.attname))::text FROM pg_index i
         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::int2[])
        WHERE i.indrelid = $1::oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
        GROUP BY i.indexrelid`,
      [relation.oid],
    ),
  );
  const indexes = rows.map(([names]) => JSON.parse(names ?? '[]') as string[]);
  return indexes.some((names) => names.every((name) => options.source.key.includes(name)));
}

async function checkRepeated(
  { options, pool }: CheckSubject,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const key = options.source.key.map((name) => `r.${quote(name)}`).join(', ');
  const whole = options.source.key.map((name) => `r.${quote(name)} IS NOT NULL`).join(' AND ');
  const where = options.source.where === undefined ? whole : `${whole} AND (\n${options.source.where}\n)`;
  const from = sourceItem(options.source);
  const repeated = `FROM ${from} WHERE ${where} GROUP BY ${key} HAVING count(*) > 1`;
  try {
    const { rows } = await pool.read(signal, (run) => run(`SELECT 1 ${repeated} LIMIT 1`, []), SEARCH_MS);
    if (rows.length > 0)
      return [
        problem('key', {
          code: 'KEY_NOT_UNIQUE',
          message: `Several records have the same ${options.source.key.join(', ')}.`,
          remedy: `Choose a key that tells them apart. Which ones: SELECT ${key}, count(*) ${repeated};`,
        }),
      ];
  } catch (error) {
    if (sqlState(error) !== '57014') throw error;
  }
  if (options.source.table === undefined) return [];
  return [
    warning('key', {
      code: 'KEY_NOT_ENFORCED',
      message:
        'No unique index stands behind the key: it may be repeated one day, and the run would stop then.',
      remedy: `CREATE UNIQUE INDEX CONCURRENTLY ON ${from.replace(/ AS r$/, '')} (${options.source.key.map(quote).join(', ')});`,
    }),
  ];
}

async function checkNulls(
  { options, pool }: CheckSubject,
  relation: Relation | null,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const nullable = options.source.key.filter((name) => relation?.columns.get(name)?.nullable !== false);
  if (nullable.length === 0) return [];
  const missing = nullable.map((name) => `r.${quote(name)} IS NULL`).join(' OR ');
  const where = options.source.where === undefined ? '' : ` AND (\n${options.source.where}\n)`;
  const from = sourceItem(options.source);
  const { rows } = await pool.read(signal, (run) =>
    run(`SELECT 1 FROM ${from} WHERE (${missing})${where} LIMIT 1`, []),
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
