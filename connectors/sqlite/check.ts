import type { Finding } from '../contract/connector.ts';
import { passed, problem } from '../contract/checks/findings.ts';
import { gatherer, type Gather } from '../contract/checks/gather.ts';
import { checkChanges } from './checks/changes.ts';
import { missingColumn } from '../contract/checks/missing-column.ts';
import { checkColumns, stepOf } from './checks/columns.ts';
import { fault } from './checks/faults.ts';
import { checkKey } from './checks/key.ts';
import { checkReach } from './checks/reach.ts';
import { checkRights } from './checks/rights.ts';
import { checkCondition, checkRows } from './checks/rows.ts';
import type { CheckSubject } from './checks/subject.ts';
import { checkVerify } from './checks/verify.ts';
import { checkWriteBack } from './checks/write-back.ts';
import { findRelation, findSimilar, type Relation } from './relation.ts';
import { namedColumns, readTypes } from './shape.ts';

/**
 * See Connector.check. What builds on something that failed is left out: without
 * a file nothing is said about columns, with a missing column nothing about rows.
 */
export async function checkProvider(subject: CheckSubject, signal: AbortSignal): Promise<readonly Finding[]> {
  const gather = gatherOf(subject, signal);
  const reach = await checkReach(subject, signal);
  if (!reach.connected) return reach.findings;
  const rights = await gather('rights', () => checkRights(subject, signal));
  const source = await gather('source', () => checkSource(subject, signal));
  const findings = [...reach.findings, ...rights, ...source];
  if (
    findings.some(({ severity, step }) => severity === 'error' && step !== 'write-back' && step !== 'rights')
  )
    return findings;
  const rows = await gather('rows', () => checkRows(subject, signal));
  const verify = await gather('verify', () => checkVerify(subject, signal));
  return [...findings, ...rows, ...verify];
}

async function checkSource(subject: CheckSubject, signal: AbortSignal): Promise<readonly Finding[]> {
  const { table } = subject.options.source;
  return table === undefined ? await checkQuery(subject, signal) : await checkTable(subject, table, signal);
}

async function checkTable(
  subject: CheckSubject,
  table: string,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { pool, options } = subject;
  const gather = gatherOf(subject, signal);
  const relation = await pool.read(signal, (session) => findRelation(session, table));
  if (relation === null) return [await missingTable(subject, table, signal)];
  const columns = checkColumns(subject, relation);
  const condition = await gather('source', () => checkCondition(subject, signal));
  const usable = columns.every(({ severity }) => severity === 'ok') && condition.length === 0;
  const keyKnown = options.source.key.every((name) => relation.columns.has(name));
  const key = keyKnown && condition.length === 0 ? await checkedKey(subject, relation, signal) : [];
  const changes = usable ? await gather('changes', () => checkChanges(subject, relation, signal)) : [];
  const writeBack = await gather('write-back', () => checkWriteBack(subject, relation, signal));
  return [passed('source', `${table} is there`), ...condition, ...columns, ...key, ...changes, ...writeBack];
}

/** SQLite itself tells which columns a query has; it is not carried out. */
async function checkQuery(subject: CheckSubject, signal: AbortSignal): Promise<readonly Finding[]> {
  const { pool, options } = subject;
  const types = await pool.read(signal, (session) => readTypes(session, options.source));
  const present = [...types.keys()];
  const condition = await gatherOf(subject, signal)('source', () => checkCondition(subject, signal));
  const writeBack = await checkWriteBack(subject, null, signal);
  const also = new Set(Object.keys(options.writeBack?.also ?? {}));
  const missing = namedColumns(options).filter((name) => !types.has(name) && !also.has(name));
  const columns = missing.map((name) => missingColumn({ step: stepOf(name, options), name }, present));
  const usable = columns.length === 0 && condition.length === 0 && writeBack.length === 0;
  const key = usable ? await checkedKey(subject, null, signal) : [];
  const found = columns.length > 0 ? columns : [passed('columns', 'the query has every column')];
  const changes = await checkChanges(subject, null, signal);
  return [passed('source', 'the query runs'), ...condition, ...writeBack, ...found, ...key, ...changes];
}

async function checkedKey(
  subject: CheckSubject,
  relation: Relation | null,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  return await gatherOf(subject, signal)('key', () => checkKey(subject, relation, signal));
}

async function missingTable(subject: CheckSubject, table: string, signal: AbortSignal): Promise<Finding> {
  const similar = await subject.pool.read(signal, (session) => findSimilar(session, table));
  return problem('source', {
    code: 'TABLE_MISSING',
    message: `There is no table or view ${table}.`,
    remedy:
      similar.length > 0
        ? `Write: ${similar.join(', ')}.`
        : 'List what there is with tributary provider discover, and check connection.file.',
  });
}

function gatherOf(subject: CheckSubject, signal: AbortSignal): Gather {
  const { tell } = subject;
  return gatherer({ tell, fault: (error, step) => fault(error, subject, step) }, signal);
}
