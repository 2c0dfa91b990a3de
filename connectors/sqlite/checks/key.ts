import type { Finding } from '../../contract/connector.ts';
import { passed, problem, warning } from '../../contract/checks/findings.ts';
import { ConnectorError } from '../../contract/errors.ts';
import { uniqueIndexes } from '../discover.ts';
import { quote } from '../identifiers.ts';
import type { Session } from '../pool.ts';
import type { Relation } from '../relation.ts';
import { sourceItem, withCommon } from '../shape.ts';
import type { CheckSubject } from './subject.ts';

/** Looking for repeated keys reads the whole source: it gets this long, in milliseconds. */
const SEARCH_MS = 10_000;

/** Whether the key names each record, and only one. `relation` is null for a query. */
export async function checkKey(
  subject: CheckSubject,
  relation: Relation | null,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { pool, options } = subject;
  const enforced =
    relation !== null &&
    (await pool.read(signal, (session) => isEnforced(session, relation, options.source.key)));
  const findings = [
    ...(enforced ? [] : await checkRepeated(subject, signal)),
    ...(await checkNulls(subject, relation, signal)),
  ];
  if (findings.length > 0) return findings;
  return [passed('key', enforced ? 'a unique index stands behind the key' : 'no key is repeated at present')];
}

async function isEnforced(session: Session, relation: Relation, key: readonly string[]): Promise<boolean> {
  const indexes = [...(await uniqueIndexes(session, relation)), relation.primaryKey];
  return indexes.some((names) => names.length > 0 && names.every((name) => key.includes(name)));
}

async function checkRepeated(
  { options, pool }: CheckSubject,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { source } = options;
  const { common, from } = sourceItem(source);
  const names = source.key.map((name) => `r.${quote(name)}`);
  // As text to the byte: what a collation takes for equal are two keys, and a number and its text are one.
  const key = names.map((name) => `CAST(${name} AS TEXT) COLLATE BINARY`).join(', ');
  const where = `${names.map((name) => `${name} IS NOT NULL`).join(' AND ')}${conditionOf(source.where)}`;
  const repeated = `FROM ${from} WHERE ${where} GROUP BY ${key} HAVING count(*) > 1`;
  try {
    const sql = `${withCommon(common)}SELECT 1 ${repeated} LIMIT 1`;
    const { rows } = await pool.read(signal, (session) => session.run(sql), SEARCH_MS);
    if (rows.length > 0)
      return [
        problem('key', {
          code: 'KEY_NOT_UNIQUE',
          message: `Several records have the same ${source.key.join(', ')}.`,
          remedy: `Choose a key that tells them apart. Which ones: ${withCommon(common)}SELECT ${key}, count(*) ${repeated};`,
        }),
      ];
  } catch (error) {
    if (!(error instanceof ConnectorError && error.code === 'SOURCE_TIMEOUT')) throw error;
  }
  return source.table === undefined ? [] : [notEnforced(from.replace(/ AS r$/, ''), source.key)];
}

function notEnforced(table: string, key: readonly string[]): Finding {
  const index = quote(`tributary_${key.join('_')}`);
  return warning('key', {
    code: 'KEY_NOT_ENFORCED',
    message:
      'No unique index stands behind the key: it may be repeated one day, and the run would stop then.',
    remedy: `CREATE UNIQUE INDEX ${index} ON ${table} (${key.map(quote).join(', ')});`,
  });
}

async function checkNulls(
  { options, pool }: CheckSubject,
  relation: Relation | null,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { source } = options;
  const nullable = source.key.filter((name) => relation?.columns.get(name)?.nullable !== false);
  if (nullable.length === 0) return [];
  const { common, from } = sourceItem(source);
  const missing = nullable.map((name) => `r.${quote(name)} IS NULL`).join(' OR ');
  const sql = `FROM ${from} WHERE (${missing})${conditionOf(source.where)}`;
  const { rows } = await pool.read(signal, (session) =>
    session.run(`${withCommon(common)}SELECT 1 ${sql} LIMIT 1`),
  );
  if (rows.length === 0) return [];
  return [
    warning('key', {
      code: 'KEY_MISSING',
      message: `Records without ${nullable.join(' or ')} are not read: nothing tells them from each other.`,
      remedy: `Fill it in, or leave them out with source.where. Which ones: ${withCommon(common)}SELECT * ${sql};`,
    }),
  ];
}

function conditionOf(where: string | undefined): string {
  return where === undefined ? '' : ` AND (\n${where}\n)`;
}
