import type { Finding } from '../../contract/connector.ts';
import { passed } from '../../contract/checks/findings.ts';
import {
  comparedMustMove,
  computedColumn,
  forbiddenColumns,
  hashInSight,
  narrowColumn,
  queryNotWritable,
  rewritingTriggers,
  standby,
  viewNotUpdatable,
} from '../../contract/checks/write-back.ts';
import { writableOf, writtenColumns } from '../../contract/writable.ts';
import { advanceTo } from '../advance.ts';
import { quote, quoteTable } from '../identifiers.ts';
import type { Run } from '../pool.ts';
import { presentWritten } from './columns.ts';
import type { Relation } from './relation.ts';
import type { CheckSubject } from './subject.ts';

/** Whether a password could be written; nothing is. */
export async function checkWriteBack(
  subject: CheckSubject,
  relation: Relation | null,
  run: Run,
): Promise<readonly Finding[]> {
  const { options } = subject;
  if (options.writeBack === null) return [];
  if (options.source.table === undefined) return [queryNotWritable()];
  if (relation === null) return [];
  const findings = [
    ...checkUpdatable(subject, relation),
    ...(await checkView(relation, run)),
    ...(await checkStandby(run)),
    ...(await checkTriggers(relation, run)),
    ...checkWidth(relation, writtenColumns(options)[0] ?? ''),
    ...checkCompared(subject, relation),
  ];
  return findings.length > 0 ? findings : [passed('write-back', 'passwords can be written')];
}

function checkUpdatable(subject: CheckSubject, relation: Relation): readonly Finding[] {
  const written = presentWritten(subject, relation);
  const generated = written.filter((name) => relation.columns.get(name)?.generated === true);
  const forbidden = written.filter((name) => relation.columns.get(name)?.updatable === false);
  return [
    ...generated.map(computedColumn),
    ...forbiddenColumns(
      forbidden,
      (names) =>
        `GRANT UPDATE (${names.map(quote).join(', ')}) ON ${quoteTable(relation.name)} TO ${quote(subject.options.connection.user)};`,
    ),
  ];
}

/** The bit of pg_relation_is_updatable that stands for UPDATE, triggers included. */
const UPDATE_BIT = 4;

async function checkView(relation: Relation, run: Run): Promise<readonly Finding[]> {
  if (!relation.view) return [];
  const { rows } = await run('SELECT pg_relation_is_updatable($1::oid, false)::text', [relation.oid]);
  if ((Number(rows[0]?.[0] ?? 0) & UPDATE_BIT) !== 0) return [];
  return [viewNotUpdatable(quoteTable(relation.name))];
}

async function checkStandby(run: Run): Promise<readonly Finding[]> {
  const { rows } = await run('SELECT pg_is_in_recovery()::text', []);
  if (rows[0]?.[0] !== 'true') return [];
  return [standby('a standby, which takes no writes')];
}

/** Bits of pg_trigger.tgtype: before the change, and on update. */
const BEFORE_UPDATE = 2 | 16;

async function checkTriggers(relation: Relation, run: Run): Promise<readonly Finding[]> {
  const { rows } = await run(
    `SELECT tgname::text FROM pg_trigger
      WHERE tgrelid = $1::oid AND NOT tgisinternal AND tgenabled <> 'D' AND tgtype & $2::text::int = $2::text::int ORDER BY 1`,
    [relation.oid, String(BEFORE_UPDATE)],
  );
  return rewritingTriggers(
    rows.map(([name]) => name ?? ''),
    'before an update',
  );
}

function checkWidth(relation: Relation, passwordColumn: string): readonly Finding[] {
  const type = relation.columns.get(passwordColumn)?.type ?? '';
  const characters = Number(/^character(?: varying)?\((\d+)\)$/.exec(type)?.[1] ?? Infinity);
  const widen = `ALTER TABLE ${quoteTable(relation.name)} ALTER COLUMN ${quote(passwordColumn)} TYPE varchar(255);`;
  return narrowColumn({ name: passwordColumn, characters }, widen);
}

/** Whether the column that stands for the hash tells every write, and whether the hash is out of sight as the definition says. */
function checkCompared({ options }: CheckSubject, relation: Relation): readonly Finding[] {
  const writable = writableOf(options);
  const { name, asTime } = writable?.compare ?? {};
  const column = relation.columns.get(name ?? '');
  if (writable === null || name === undefined || column === undefined) return [];
  const shape = { name, type: column.type.replace(/\(\d+\)/, ''), fullType: column.type };
  return [
    ...(advanceTo(shape, asTime === true) === null ? [comparedMustMove(name, column.type)] : []),
    ...(relation.columns.get(writable.column)?.readable === true ? [inSight(options, relation)] : []),
  ];
}

function inSight(options: CheckSubject['options'], relation: Relation): Finding {
  const revoke = `REVOKE SELECT ON ${quoteTable(relation.name)} FROM ${quote(options.connection.user)};`;
  return hashInSight(writtenColumns(options)[0] ?? '', revoke);
}
