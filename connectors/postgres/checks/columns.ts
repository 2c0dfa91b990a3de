import type { CheckStep, Finding } from '../../contract/connector.ts';
import { passed, problem } from '../../contract/checks/findings.ts';
import { missingColumn } from '../../contract/checks/missing-column.ts';
import { writtenColumns } from '../../contract/writable.ts';
import { quote, quoteTable } from '../identifiers.ts';
import { namedColumns } from '../shape.ts';
import type { Relation } from './relation.ts';
import type { CheckSubject } from './subject.ts';

/** Whether the columns are there and may be read; one finding for each that is not. */
export function checkColumns({ options }: CheckSubject, relation: Relation): readonly Finding[] {
  const names = namedColumns(options);
  const missing = [...new Set([...names, ...writtenColumns(options)])].filter(
    (name) => !relation.columns.has(name),
  );
  const unreadable = names.filter((name) => relation.columns.get(name)?.readable === false);
  const findings = [
    ...missing.map((name) =>
      missingColumn({ step: stepOf(name, options.source.key), name }, [...relation.columns.keys()]),
    ),
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
    remedy: `GRANT SELECT (${names.map(quote).join(', ')}) ON ${quoteTable(relation.name)} TO ${quote(user)};`,
  });
}

/** The columns that write-back sets and that are there. */
export function presentWritten(subject: CheckSubject, relation: Relation): readonly string[] {
  return writtenColumns(subject.options).filter((name) => relation.columns.has(name));
}
