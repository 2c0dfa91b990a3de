import type { CheckStep, Finding } from '../../contract/connector.ts';
import { passed, problem } from '../../contract/checks/findings.ts';
import { missingColumn } from '../../contract/checks/missing-column.ts';
import { writtenColumns } from '../../contract/writable.ts';
import { printUser } from '../grants.ts';
import { quote, quoteTable } from '../identifiers.ts';
import { namedColumns } from '../shape.ts';
import type { Column, Relation } from './relation.ts';
import type { CheckSubject } from './subject.ts';

/** Whether the columns are there and may be read; one finding for each that is not. */
export function checkColumns({ options }: CheckSubject, relation: Relation): readonly Finding[] {
  const names = namedColumns(options);
  const present = [...relation.columns.keys()];
  const missing = [...new Set([...names, ...writtenColumns(options)])].filter(
    (name) => relation.column(name) === undefined,
  );
  const unreadable = names.filter((name) => relation.column(name)?.readable === false);
  const findings = [
    ...missing.map((name) => missingColumn({ step: stepOf(name, options.source.key), name }, present, true)),
    ...(unreadable.length === 0 ? [] : [unreadableColumns(options.connection.user, relation, unreadable)]),
  ];
  return findings.length > 0 ? findings : [passed('columns', `${String(names.length)} columns can be read`)];
}

export function stepOf(name: string, key: readonly string[]): CheckStep {
  return key.includes(name) ? 'key' : 'columns';
}

function unreadableColumns(user: string, relation: Relation, names: readonly string[]): Finding {
  return problem('rights', {
    code: 'SOURCE_PERMISSION_DENIED',
    message: `The login may not read ${names.join(', ')}.`,
    remedy: `GRANT SELECT (${names.map(quote).join(', ')}) ON ${quoteTable(relation.name)} TO ${printUser(user)};`,
  });
}

/** The columns that write-back sets and that are there. */
export function presentWritten(subject: CheckSubject, relation: Relation): readonly Column[] {
  return writtenColumns(subject.options).flatMap((name) => relation.column(name) ?? []);
}
