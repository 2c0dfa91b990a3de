import type { Finding } from '../../contract/connector.ts';
import { writtenColumns } from '../../contract/writable.ts';
import { quote } from '../identifiers.ts';
import type { Session } from '../pool.ts';
import { textOf, type Relation } from '../relation.ts';
import { passed, problem, warning, type CheckSubject } from './subject.ts';

/** Whether a password could be written; nothing is. */
export async function checkWriteBack(
  subject: CheckSubject,
  relation: Relation | null,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { options, pool } = subject;
  if (options.writeBack === null) return [];
  if (options.source.table === undefined) return [queryNotWritable()];
  if (relation === null) return [];
  const triggers = await pool.read(signal, (session) => triggersOf(session, relation));
  const findings = [
    ...checkGenerated(subject, relation),
    ...(relation.view && !triggers.some(({ instead }) => instead) ? [viewNotUpdatable(relation)] : []),
    ...warnOfTriggers(triggers.filter(({ instead }) => !instead).map(({ name }) => name)),
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

function checkGenerated({ options }: CheckSubject, relation: Relation): readonly Finding[] {
  return writtenColumns(options)
    .filter((name) => relation.columns.get(name)?.generated === true)
    .map((name) =>
      problem('write-back', {
        code: 'COLUMN_GENERATED',
        message: `The database computes ${name}; it cannot be written.`,
        remedy: `Take ${name} out of password.writeBack.set.`,
      }),
    );
}

function viewNotUpdatable(relation: Relation): Finding {
  return problem('write-back', {
    code: 'VIEW_NOT_UPDATABLE',
    message: `The view ${quote(relation.name)} cannot be updated.`,
    remedy: 'Name the table behind it in source.table, or switch off password.writeBack.',
  });
}

function warnOfTriggers(names: readonly string[]): readonly Finding[] {
  if (names.length === 0) return [];
  return [
    warning('write-back', {
      code: 'TRIGGER_MAY_REWRITE',
      message: `Triggers run on an update: ${names.join(', ')}. A write that one of them changes is taken back.`,
      remedy: 'Make sure that they leave the password column alone when it holds a hash already.',
    }),
  ];
}

interface Trigger {
  readonly name: string;
  readonly instead: boolean;
}

/** The words before the event in CREATE TRIGGER; SQLite keeps the text as it was given. */
const ON_UPDATE = /\b(?<instead>INSTEAD\s+OF\s+)?UPDATE\b/i;

async function triggersOf(session: Session, relation: Relation): Promise<readonly Trigger[]> {
  const { rows } = await session.run(
    `SELECT CAST(name AS BLOB), CAST(sql AS BLOB) FROM sqlite_schema
      WHERE type = 'trigger' AND tbl_name = ? COLLATE NOCASE ORDER BY name`,
    [relation.name],
  );
  return rows.flatMap(([name, sql]) => {
    const head = (textOf(sql ?? null, session) ?? '').split(/\bBEGIN\b/i)[0] ?? '';
    const event = ON_UPDATE.exec(head);
    if (event === null) return [];
    return [{ name: textOf(name ?? null, session) ?? '', instead: event.groups?.['instead'] !== undefined }];
  });
}
