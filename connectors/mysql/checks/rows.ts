import type { Finding } from '../../contract/connector.ts';
import { passed, warning } from '../../contract/checks/findings.ts';
import { readPage } from '../read-page.ts';
import { createReader } from '../reader.ts';
import { sourceItem } from '../shape.ts';
import type { CheckSubject } from './subject.ts';

/** Enough to see that reading works, condition and rights included. */
const FEW = 5;

/** Reads the first records the way a run does. */
export async function checkRows(
  { pool, options }: CheckSubject,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { records } = await readPage(createReader(pool, options), { after: null, limit: FEW }, signal);
  if (records.length > 0) return [passed('rows', 'records can be read')];
  return [
    warning('rows', {
      code: 'NO_ROWS',
      message: 'The login sees no record in scope.',
      remedy: 'Check source.where, and that the tables are those meant.',
    }),
  ];
}

/** Whether the condition is one; said also when other things are wrong. */
export async function checkCondition(
  { pool, options }: CheckSubject,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { where } = options.source;
  if (where === undefined) return [];
  const sql = `SELECT 1 FROM ${sourceItem(options.source)} WHERE (\n${where}\n) LIMIT 0`;
  await pool.read(signal, (run) => run(sql));
  return [];
}
