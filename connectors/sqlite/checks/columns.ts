import type { CheckStep, FileOptions, Finding } from '../../contract/connector.ts';
import { writtenColumns } from '../../contract/writable.ts';
import type { Relation } from '../relation.ts';
import { namedColumns } from '../shape.ts';
import { passed, problem, type CheckSubject } from './subject.ts';

/** Whether the columns are there; one finding for each that is not. */
export function checkColumns({ options }: CheckSubject, relation: Relation): readonly Finding[] {
  const names = namedColumns(options);
  const missing = [...new Set([...names, ...writtenColumns(options)])].filter(
    (name) => !relation.columns.has(name),
  );
  if (missing.length === 0) return [passed('columns', `${String(names.length)} columns can be read`)];
  return missing.map((name) => missingColumn(stepOf(name, options), name, [...relation.columns.keys()]));
}

/** The column a typing mistake or another case comes closest to is offered. */
export function missingColumn(step: CheckStep, name: string, present: readonly string[]): Finding {
  const near = present.filter((other) => plain(other) === plain(name));
  const offer = near.length > 0 ? near : present.slice(0, 20);
  return problem(step, {
    code: 'COLUMN_MISSING',
    message: `There is no column ${name}.`,
    remedy: `${near.length > 0 ? 'Write' : 'Use one of'}: ${offer.join(', ')}.`,
  });
}

export function stepOf(name: string, { source, changes }: FileOptions): CheckStep {
  if (source.key.includes(name)) return 'key';
  return name === changes.cursor ? 'changes' : 'columns';
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
