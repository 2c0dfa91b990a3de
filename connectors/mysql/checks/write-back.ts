import type { Finding } from '../../contract/connector.ts';
import { passed, warning } from '../../contract/checks/findings.ts';
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
import { printUser } from '../grants.ts';
import { quote, quoteTable, quoteText } from '../identifiers.ts';
import type { Run } from '../pool.ts';
import { textRows } from '../query.ts';
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
    ...(await checkReadOnly(run)),
    ...checkEngine(relation),
    ...(await checkTriggers(relation, run)),
    ...checkWidth(relation, writtenColumns(options)[0] ?? ''),
    ...checkCompared(subject, relation),
  ];
  return findings.length > 0 ? findings : [passed('write-back', 'passwords can be written')];
}

function checkUpdatable(subject: CheckSubject, relation: Relation): readonly Finding[] {
  const written = presentWritten(subject, relation);
  const forbidden = written.filter(({ updatable }) => !updatable).map(({ name }) => name);
  return [
    ...written.filter(({ generated }) => generated).map(({ name }) => computedColumn(name)),
    ...forbiddenColumns(
      forbidden,
      (names) =>
        `GRANT UPDATE (${names.map(quote).join(', ')}) ON ${quoteTable(relation.name)} TO ${printUser(subject.options.connection.user)};`,
    ),
  ];
}

async function checkView(relation: Relation, run: Run): Promise<readonly Finding[]> {
  if (!relation.view) return [];
  const rows = textRows(
    await run(`SELECT IS_UPDATABLE FROM information_schema.VIEWS 
        WHERE TABLE_SCHEMA = ${quoteText(relation.name.schema ?? '')} AND TABLE_NAME = ${quoteText(relation.name.table)}`),
  );
  if (rows[0]?.[0] !== 'NO') return [];
  return [viewNotUpdatable(quoteTable(relation.name))];
}

async function checkReadOnly(run: Run): Promise<readonly Finding[]> {
  const rows = textRows(await run('SELECT @@GLOBAL.read_only'));
  // MariaDB 12 has words for it.
  if (['0', 'OFF'].includes(rows[0]?.[0] ?? '0')) return [];
  return [standby('read-only, as replicas are')];
}

/** Engines without transactions keep what they were given: a write that a trigger changed stays. */
function checkEngine({ engine, name }: Relation): readonly Finding[] {
  if (engine === null || !/^(?:MyISAM|Aria|MEMORY|CSV|ARCHIVE|MERGE|MRG_MYISAM)$/i.test(engine)) return [];
  return [
    warning('write-back', {
      code: 'TABLE_NOT_TRANSACTIONAL',
      message: `${engine} has no transactions: a write that turns out wrong cannot be taken back.`,
      remedy: `ALTER TABLE ${quoteTable(name)} ENGINE = InnoDB;`,
    }),
  ];
}

/** Only logins with the TRIGGER right see them, which this one should not have. */
async function checkTriggers(relation: Relation, run: Run): Promise<readonly Finding[]> {
  const rows = textRows(
    await run(
      `SELECT TRIGGER_NAME FROM information_schema.TRIGGERS
        WHERE EVENT_OBJECT_SCHEMA = ${quoteText(relation.name.schema ?? '')}
          AND EVENT_OBJECT_TABLE = ${quoteText(relation.name.table)} AND ACTION_TIMING = 'BEFORE' AND EVENT_MANIPULATION = 'UPDATE' ORDER BY 1`,
    ),
  );
  return rewritingTriggers(
    rows.map(([name]) => name ?? ''),
    'before an update',
  );
}

function checkWidth(relation: Relation, passwordColumn: string): readonly Finding[] {
  const characters = relation.column(passwordColumn)?.capacity ?? Infinity;
  const widen = `ALTER TABLE ${quoteTable(relation.name)} MODIFY ${quote(passwordColumn)} varchar(255);`;
  return narrowColumn({ name: passwordColumn, characters }, widen);
}

/** Types that a write can move on by itself: numbers, and times with a time of day. */
const MOVES = /^(?:tinyint|smallint|mediumint|int|bigint|decimal|double|bit|datetime|timestamp)$/i;

/** Whether the column that stands for the hash tells every write, and whether the hash is out of sight as the definition says. */
function checkCompared({ options }: CheckSubject, relation: Relation): readonly Finding[] {
  const writable = writableOf(options);
  const { name } = writable?.compare ?? {};
  const column = relation.column(name ?? '');
  if (writable === null || name === undefined || column === undefined) return [];
  return [
    ...(MOVES.test(column.dataType) ? [] : [comparedMustMove(name, column.type)]),
    ...(relation.column(writable.column)?.readable === true ? [inSight(options, relation)] : []),
  ];
}

function inSight(options: CheckSubject['options'], relation: Relation): Finding {
  const revoke = `REVOKE SELECT ON ${quoteTable(relation.name)} FROM ${printUser(options.connection.user)};`;
  return hashInSight(writtenColumns(options)[0] ?? '', revoke);
}
