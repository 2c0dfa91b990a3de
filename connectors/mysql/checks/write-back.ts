import type { Finding } from '../../contract/connector.ts';
import { writableOf, writtenColumns } from '../../contract/writable.ts';
import { printUser } from '../grants.ts';
import { quote, quoteTable, quoteText } from '../identifiers.ts';
import type { Run } from '../pool.ts';
import { textRows } from '../query.ts';
import { presentWritten } from './columns.ts';
import type { Relation } from './relation.ts';
import { passed, problem, warning, type CheckSubject } from './subject.ts';

/** Hashes by length in characters: what fits says what can be written. */
const LENGTHS = [
  { needs: 128, formats: 'SHA-512 in hexadecimal' },
  { needs: 97, formats: 'argon2id' },
  { needs: 60, formats: 'bcrypt' },
] as const;

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

function queryNotWritable(): Finding {
  return problem('write-back', {
    code: 'WRITE_BACK_NEEDS_TABLE',
    message: 'Nothing can be written through a query.',
    remedy: 'Name the table in source.table, or switch off password.writeBack.',
  });
}

function checkUpdatable(subject: CheckSubject, relation: Relation): readonly Finding[] {
  const written = presentWritten(subject, relation);
  const forbidden = written.filter(({ updatable }) => !updatable).map(({ name }) => name);
  const findings: Finding[] = written
    .filter(({ generated }) => generated)
    .map(({ name }) =>
      problem('write-back', {
        code: 'COLUMN_GENERATED',
        message: `The server computes ${name}; it cannot be written.`,
        remedy: `Take ${name} out of password.writeBack.set.`,
      }),
    );
  if (forbidden.length > 0)
    findings.push(
      problem('write-back', {
        code: 'SOURCE_PERMISSION_DENIED',
        message: `The login may not update ${forbidden.join(', ')}.`,
        remedy: `GRANT UPDATE (${forbidden.map(quote).join(', ')}) ON ${quoteTable(relation.name)} TO ${printUser(subject.options.connection.user)};`,
      }),
    );
  return findings;
}

async function checkView(relation: Relation, run: Run): Promise<readonly Finding[]> {
  if (!relation.view) return [];
  const rows = textRows(
    await run(`SELECT IS_UPDATABLE FROM information_schema.VIEWS 
        WHERE TABLE_SCHEMA = ${quoteText(relation.name.schema ?? '')} AND TABLE_NAME = ${quoteText(relation.name.table)}`),
  );
  if (rows[0]?.[0] !== 'NO') return [];
  return [
    problem('write-back', {
      code: 'VIEW_NOT_UPDATABLE',
      message: `The view ${quoteTable(relation.name)} cannot be updated.`,
      remedy: 'Name the table behind it in source.table, or switch off password.writeBack.',
    }),
  ];
}

async function checkReadOnly(run: Run): Promise<readonly Finding[]> {
  const rows = textRows(await run('SELECT @@GLOBAL.read_only'));
  // MariaDB 12 has words for it.
  if (['0', 'OFF'].includes(rows[0]?.[0] ?? '0')) return [];
  return [
    problem('write-back', {
      code: 'SOURCE_IS_STANDBY',
      message: 'This server is read-only, as replicas are.',
      remedy: 'Set connection.host to the primary.',
    }),
  ];
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
  if (rows.length === 0) return [];
  return [
    warning('write-back', {
      code: 'TRIGGER_MAY_REWRITE',
      message: `Triggers run before an update: ${rows.map(([name]) => name).join(', ')}. A write that one of them changes is taken back.`,
      remedy: 'Make sure that they leave the password column alone when it holds a hash already.',
    }),
  ];
}

function checkWidth(relation: Relation, passwordColumn: string): readonly Finding[] {
  const width = relation.column(passwordColumn)?.capacity ?? Infinity;
  const lost = LENGTHS.filter(({ needs }) => needs > width);
  if (lost.length === 0) return [];
  const wanted = lost.map(({ formats, needs }) => `${formats} (${String(needs)})`).join(', ');
  return [
    warning('write-back', {
      code: 'HASH_COLUMN_NARROW',
      message: `${passwordColumn} holds ${String(width)} characters, too few for ${wanted}.`,
      remedy: `Choose a format that fits in password.writeBack.format, or: ALTER TABLE ${quoteTable(relation.name)} MODIFY ${quote(passwordColumn)} varchar(255);`,
    }),
  ];
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
    ...(MOVES.test(column.dataType) ? [] : [mustMove(name, column.type)]),
    ...(relation.column(writable.column)?.readable === true ? [readable(options, relation)] : []),
  ];
}

function mustMove(name: string, type: string): Finding {
  return warning('write-back', {
    code: 'COMPARED_MUST_MOVE',
    message: `${name} is ${type}, which Tributary cannot move on: a write that leaves it as it was is taken back.`,
    remedy: `Name a number or a time in password.writeBack.compare, or have a trigger change ${name} with every update.`,
  });
}

function readable(options: CheckSubject['options'], relation: Relation): Finding {
  const column = writtenColumns(options)[0] ?? '';
  return warning('rights', {
    code: 'RIGHTS_BEYOND_NEED',
    message: `The login may read ${column}, which password.writeBack.compare is there to avoid.`,
    remedy: `REVOKE SELECT ON ${quoteTable(relation.name)} FROM ${printUser(options.connection.user)}; and run what tributary provider grants prints. Or leave password.writeBack.compare out.`,
  });
}
