import type { CheckStep, FileOptions, Finding } from '../../contract/connector.ts';
import { passed } from '../../contract/checks/findings.ts';
import { missingColumn } from '../../contract/checks/missing-column.ts';
import { writtenColumns } from '../../contract/writable.ts';
import type { Relation } from '../relation.ts';
import { namedColumns } from '../shape.ts';
import type { CheckSubject } from './subject.ts';

/** Whether the columns are there; one finding for each that is not. */
export function checkColumns({ options }: CheckSubject, relation: Relation): readonly Finding[] {
  const names = namedColumns(options);
  const missing = [...new Set([...names, ...writtenColumns(options)])].filter(
    (name) => !relation.columns.has(name),
  );
  if (missing.length === 0) return [passed('columns', `${String(names.length)} columns can be read`)];
  return missing.map((name) =>
    missingColumn({ step: stepOf(name, options), name }, [...relation.columns.keys()]),
  );
}

export function stepOf(name: string, { source, changes }: FileOptions): CheckStep {
  if (source.key.includes(name)) return 'key';
  return name === changes.cursor ? 'changes' : 'columns';
}
