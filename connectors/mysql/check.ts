import type { CheckStep, Finding } from '../contract/connector.ts';
import { passed, problem } from '../contract/checks/findings.ts';
import { gatherer, type Check, type Gather } from '../contract/checks/gather.ts';
import { checkChanges } from './checks/changes.ts';
import { missingColumn } from '../contract/checks/missing-column.ts';
import { checkColumns, stepOf } from './checks/columns.ts';
import { fault } from './checks/faults.ts';
import { checkKey } from './checks/key.ts';
import { checkReach } from './checks/reach.ts';
import { findRelation, findSimilar, type Relation } from './checks/relation.ts';
import { checkRights } from './checks/rights.ts';
import { checkCondition, checkRows } from './checks/rows.ts';
import type { CheckSubject } from './checks/subject.ts';
import { checkVerify } from './checks/verify.ts';
import { checkWriteBack } from './checks/write-back.ts';
import type { Run } from './pool.ts';
import { namedColumns, sourceItem } from './shape.ts';

/**
 * See Connector.check. What builds on something that failed is left out: without
 * a login nothing is said about columns, with a missing column nothing about rows.
 */
export async function checkProvider(subject: CheckSubject, signal: AbortSignal): Promise<readonly Finding[]> {
  const gather = gatherOf(subject, signal);
  const reach = await checkReach(subject, signal);
  if (!reach.connected) return reach.findings;
  const source = await gather('source', () => checkSource(subject, signal));
  const findings = [...reach.findings, ...source];
  if (findings.some(({ severity, step }) => severity === 'error' && step !== 'write-back')) return findings;
  const rows = await gather('rows', () => checkRows(subject, signal));
  const verify = await gather('verify', () => checkVerify(subject, signal));
  return [...findings, ...rows, ...verify];
}

async function checkSource(subject: CheckSubject, signal: AbortSignal): Promise<readonly Finding[]> {
  return subject.options.source.table === undefined
    ? await checkQuery(subject, signal)
    : await checkTable(subject, subject.options.source.table, signal);
}

async function checkTable(
  subject: CheckSubject,
  table: string,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { pool } = subject;
  const relation = await pool.read(signal, (run) => findRelation(run, table));
  const gather = gatherOf(subject, signal);
  const inOne = (step: CheckStep, check: (run: Run) => ReturnType<Check>): ReturnType<Check> =>
    gather(step, () => pool.read(signal, check));
  const rights = await inOne('rights', (run) => checkRights(subject, relation, run));
  if (relation === null) return [...rights, await pool.read(signal, (run) => missingTable(run, table))];
  const columns = checkColumns(subject, relation);
  const condition = await gather('source', () => checkCondition(subject, signal));
  const writeBack = await inOne('write-back', (run) => checkWriteBack(subject, relation, run));
  const changes = await gather('changes', () => checkChanges(subject, relation, signal));
  const keyKnown = subject.options.source.key.every((name) => relation.column(name)?.readable === true);
  const key = keyKnown ? await checkedKey(subject, relation, signal) : [];
  return [
    passed('source', `${table} is there`),
    ...rights,
    ...condition,
    ...columns,
    ...key,
    ...changes,
    ...writeBack,
  ];
}

/** The server itself tells which columns a query has; it runs in a read-only transaction and returns no row. */
async function checkQuery(subject: CheckSubject, signal: AbortSignal): Promise<readonly Finding[]> {
  const { pool, options } = subject;
  const { fields } = await pool.read(signal, (run) =>
    run(`SELECT * FROM ${sourceItem(options.source)} LIMIT 0`),
  );
  const present = fields.map(({ name }) => name);
  const also = new Set(Object.keys(options.writeBack?.also ?? {}));
  const here = new Set(present.map((name) => name.toLowerCase()));
  const missing = namedColumns(options).filter((name) => !here.has(name.toLowerCase()) && !also.has(name));
  const changes = await gatherOf(subject, signal)('changes', () => checkChanges(subject, null, signal));
  const others = await pool.read(signal, async (run) => [
    ...(await checkRights(subject, null, run)),
    ...(await checkWriteBack(subject, null, run)),
  ]);
  const columns = missing.map((name) =>
    missingColumn({ step: stepOf(name, options.source.key), name }, present, true),
  );
  const key = options.source.key.some((name) => missing.includes(name))
    ? []
    : await checkedKey(subject, null, signal);
  const found = columns.length > 0 ? columns : [passed('columns', 'the query has every column')];
  return [passed('source', 'the query runs'), ...others, ...found, ...key, ...changes];
}

async function checkedKey(
  subject: CheckSubject,
  relation: Relation | null,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  return await gatherOf(subject, signal)('key', () => checkKey(subject, relation, signal));
}

async function missingTable(run: Run, table: string): Promise<Finding> {
  const similar = await findSimilar(run, table);
  return problem('source', {
    code: 'TABLE_MISSING',
    message: `There is no table or view ${table}, or the login has no right to it.`,
    remedy:
      similar.length > 0
        ? `Write: ${similar.join(', ')}.`
        : 'List what there is with tributary provider discover, check connection.database, and run what tributary provider grants prints.',
  });
}

function gatherOf(subject: CheckSubject, signal: AbortSignal): Gather {
  const { tell } = subject;
  return gatherer({ tell, fault: (error, step) => fault(error, subject, { step, phase: 'read' }) }, signal);
}
