import type { CheckStep, Finding } from '../../contract/connector.ts';
import { writtenColumns } from '../../contract/writable.ts';
import { printUser } from '../grants.ts';
import { quote, quoteTable } from '../identifiers.ts';
import { namedColumns } from '../shape.ts';
import type { Column, Relation } from './relation.ts';
import { passed, problem, type CheckSubject } from './subject.ts';

/** Whether the columns are there and may be read; one finding for each that is not. */
export function checkColumns({ options }: CheckSubject, relation: Relation): readonly Finding[] {
  const names = namedColumns(options);
  const present = [...relation.columns.keys()];
  const missing = [...new Set([...names, ...writtenColumns(options)])].filter(
    (name) => relation.column(name) === undefined,
  );
  const unreadable = names.filter((name) => relation.column(name)?.readable === false);
  const findings = [
    ...missing.map((name) => missingColumn(stepOf(name, options.source.key), name, present)),
    ...(unreadable.length === 0 ? [] : [unreadableColumns(options.connection.user, relation, unreadable)]),
  ];
  return findings.length > 0 ? findings : [passed('columns', `${String(names.length)} columns can be read`)];
}

/** The column a typing mistake comes closest to is offered. */
export function missingColumn(step: CheckStep, name: string, present: readonly string[]): Finding {
  const near = present.filter((other) => plain(other) === plain(name));
  const offer = near.length > 0 ? near : present.slice(0, 20);
  return problem(step, {
    code: 'COLUMN_MISSING',
    message: `There is no column ${name}, or the login has no right to it.`,
    remedy: `${near.length > 0 ? 'Write' : 'Use one of'}: ${offer.join(', ')}; or run what tributary provider grants prints.`,
  });
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

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** The columns that write-back sets and that are there. */
export function presentWritten(subject: CheckSubject, relation: Relation): readonly Column[] {
  return writtenColumns(subject.options).flatMap((name) => relation.column(name) ?? []);
}
