import type { Finding } from '../../contract/connector.ts';
import { passed, problem, warning } from '../../contract/checks/findings.ts';
import { quote } from '../identifiers.ts';
import type { Session } from '../pool.ts';
import type { Relation } from '../relation.ts';
import { textOf } from '../relation.ts';
import type { CheckSubject } from './subject.ts';

/** Whether a poll finds what changes, and finds it fast. */
export async function checkChanges(
  { pool, options }: CheckSubject,
  relation: Relation | null,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { mode, cursor } = options.changes;
  if (mode !== 'poll') return [];
  if (cursor === undefined) return [noCursor()];
  if (relation === null) return [];
  const findings = [
    ...((await pool.read(signal, (session) => isIndexed(session, relation, cursor)))
      ? []
      : [notIndexed(relation, cursor)]),
    ...(await checkNulls(relation, cursor, (sql) =>
      pool.read(signal, async (session) => (await session.run(sql)).rows.length > 0),
    )),
  ];
  return findings.length > 0 ? findings : [passed('changes', `changes are found by ${cursor}`)];
}

function noCursor(): Finding {
  return problem('changes', {
    code: 'CHANGES_UNAVAILABLE',
    message: 'A SQLite file does not tell which records changed.',
    remedy: 'Name a column that grows with every change in changes.cursor, or set changes.mode to none.',
  });
}

async function isIndexed(session: Session, relation: Relation, cursor: string): Promise<boolean> {
  if (relation.view || relation.primaryKey[0] === cursor) return true;
  const { rows } = await session.run(
    `SELECT CAST(c.name AS BLOB) FROM pragma_index_list(?) AS i JOIN pragma_index_info(i.name) AS c
      WHERE c.seqno = 0 AND i.partial = 0`,
    [relation.name],
  );
  return rows.some(([name]) => textOf(name ?? null, session) === cursor);
}

function notIndexed(relation: Relation, cursor: string): Finding {
  return warning('changes', {
    code: 'CURSOR_NOT_INDEXED',
    message: `No index begins with ${cursor}: every poll reads the whole table.`,
    remedy: `CREATE INDEX ${quote(`tributary_${cursor}`)} ON ${quote(relation.name)} (${quote(cursor)});`,
  });
}

async function checkNulls(
  relation: Relation,
  cursor: string,
  finds: (sql: string) => Promise<boolean>,
): Promise<readonly Finding[]> {
  if (relation.columns.get(cursor)?.nullable === false) return [];
  const sql = `SELECT 1 FROM ${quote(relation.name)} WHERE ${quote(cursor)} IS NULL LIMIT 1`;
  if (!(await finds(sql))) return [];
  return [
    warning('changes', {
      code: 'CURSOR_MISSING',
      message: `Records without ${cursor} are not found by a poll, only by full runs.`,
      remedy: `Fill it in: UPDATE ${quote(relation.name)} SET ${quote(cursor)} = … WHERE ${quote(cursor)} IS NULL;`,
    }),
  ];
}
