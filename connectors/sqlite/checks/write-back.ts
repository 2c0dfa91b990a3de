import type { Finding } from '../../contract/connector.ts';
import { passed } from '../../contract/checks/findings.ts';
import {
  computedColumn,
  queryNotWritable,
  rewritingTriggers,
  viewNotUpdatable,
} from '../../contract/checks/write-back.ts';
import { writtenColumns } from '../../contract/writable.ts';
import { quote } from '../identifiers.ts';
import type { Session } from '../pool.ts';
import { textOf, type Relation } from '../relation.ts';
import type { CheckSubject } from './subject.ts';

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
    ...(relation.view && !triggers.some(({ instead }) => instead)
      ? [viewNotUpdatable(quote(relation.name))]
      : []),
    ...rewritingTriggers(
      triggers.filter(({ instead }) => !instead).map(({ name }) => name),
      'on an update',
    ),
  ];
  return findings.length > 0 ? findings : [passed('write-back', 'passwords can be written')];
}

function checkGenerated({ options }: CheckSubject, relation: Relation): readonly Finding[] {
  return writtenColumns(options)
    .filter((name) => relation.columns.get(name)?.generated === true)
    .map(computedColumn);
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
