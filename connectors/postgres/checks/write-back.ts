import type { Finding } from '../../contract/connector.ts';
import { writableOf, writtenColumns } from '../../contract/writable.ts';
import { advanceTo } from '../advance.ts';
import { quote, quoteTable } from '../identifiers.ts';
import type { Run } from '../pool.ts';
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
    ...(await checkStandby(run)),
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
  const generated = written.filter((name) => relation.columns.get(name)?.generated === true);
  const forbidden = written.filter((name) => relation.columns.get(name)?.updatable === false);
  const findings: Finding[] = generated.map((name) =>
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
        remedy: `GRANT UPDATE (${forbidden.map(quote).join(', ')}) ON ${quoteTable(relation.name)} TO ${quote(subject.options.connection.user)};`,
      }),
    );
  return findings;
}

/** The bit of pg_relation_is_updatable that stands for UPDATE, triggers included. */
const UPDATE_BIT = 4;

async function checkView(relation: Relation, run: Run): Promise<readonly Finding[]> {
  if (!relation.view) return [];
  const { rows } = await run('SELECT pg_relation_is_updatable($1::oid, false)::text', [relation.oid]);
  if ((Number(rows[0]?.[0] ?? 0) & UPDATE_BIT) !== 0) return [];
  return [
    problem('write-back', {
      code: 'VIEW_NOT_UPDATABLE',
      message: `The view ${quoteTable(relation.name)} cannot be updated.`,
      remedy: 'Name the table behind it in source.table, or switch off password.writeBack.',
    }),
  ];
}

async function checkStandby(run: Run): Promise<readonly Finding[]> {
  const { rows } = await run('SELECT pg_is_in_recovery()::text', []);
  if (rows[0]?.[0] !== 'true') return [];
  return [
    problem('write-back', {
      code: 'SOURCE_IS_STANDBY',
      message: 'This server is a standby, which takes no writes.',
      remedy: 'Set connection.host to the primary.',
    }),
  ];
}

/** Bits of pg_trigger.tgtype: before the change, and on update. */
const BEFORE_UPDATE = 2 | 16;

async function checkTriggers(relation: Relation, run: Run): Promise<readonly Finding[]> {
  const { rows } = await run(
    `SELECT tgname::text FROM pg_trigger
      WHERE tgrelid = $1::oid AND NOT tgisinternal AND tgenabled <> 'D' AND tgtype & $2::text::int = $2::text::int ORDER BY 1`,
    [relation.oid, String(BEFORE_UPDATE)],
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
  const type = relation.columns.get(passwordColumn)?.type ?? '';
  const width = Number(/^character(?: varying)?\((\d+)\)$/.exec(type)?.[1] ?? Infinity);
  const lost = LENGTHS.filter(({ needs }) => needs > width);
  if (lost.length === 0) return [];
  const wanted = lost.map(({ formats, needs }) => `${formats} (${String(needs)})`).join(', ');
  return [
    warning('write-back', {
      code: 'HASH_COLUMN_NARROW',
      message: `${passwordColumn} holds ${String(width)} characters, too few for ${wanted}.`,
      remedy: `Choose a format that fits in password.writeBack.format, or: ALTER TABLE ${quoteTable(relation.name)} ALTER COLUMN ${quote(passwordColumn)} TYPE varchar(255);`,
    }),
  ];
}

/** Whether the column that stands for the hash tells every write, and whether the hash is out of sight as the definition says. */
function checkCompared({ options }: CheckSubject, relation: Relation): readonly Finding[] {
  const writable = writableOf(options);
  const { name, asTime } = writable?.compare ?? {};
  const column = relation.columns.get(name ?? '');
  if (writable === null || name === undefined || column === undefined) return [];
  const shape = { name, type: column.type.replace(/\(\d+\)/, ''), fullType: column.type };
  return [
    ...(advanceTo(shape, asTime === true) === null ? [mustMove(name, column.type)] : []),
    ...(relation.columns.get(writable.column)?.readable === true ? [readable(options, relation)] : []),
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
    remedy: `REVOKE SELECT ON ${quoteTable(relation.name)} FROM ${quote(options.connection.user)}; and run what tributary provider grants prints. Or leave password.writeBack.compare out.`,
  });
}
