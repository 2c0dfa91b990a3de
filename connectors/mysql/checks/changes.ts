import type { Finding } from '../../contract/connector.ts';
import { passed, problem, warning } from '../../contract/checks/findings.ts';
import { quote, quoteTable, quoteText } from '../identifiers.ts';
import { textRows } from '../query.ts';
import type { Column, Relation } from './relation.ts';
import { checkBinlog } from './binlog.ts';
import type { CheckSubject } from './subject.ts';

const NUMBERS = /^(?:tinyint|smallint|mediumint|int|bigint|decimal)$/;
const TIMES = /^(?:timestamp|datetime)$/;

/** Whether changes can be learned of the way the definition says. `relation` is null for a query. */
export async function checkChanges(
  subject: CheckSubject,
  relation: Relation | null,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { changes } = subject.options;
  if (changes.mode === 'poll') return await checkCursor(subject, relation, signal);
  return changes.mode === 'binlog' ? await checkBinlog(subject, relation, signal) : [];
}

async function checkCursor(
  { options, pool }: CheckSubject,
  relation: Relation | null,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const name = options.changes.cursor;
  if (name === undefined)
    return [
      problem('changes', {
        code: 'CURSOR_MISSING',
        message: 'Polling needs a column that grows with every change.',
        remedy: 'Name it in changes.cursor, for example updated_at, or set changes.mode to none.',
      }),
    ];
  const column = relation?.column(name);
  if (relation === null || column === undefined) return [];
  const table = quoteTable(relation.name);
  const indexed =
    relation.view ||
    (await pool.read(signal, async (run) => {
      const rows = textRows(
        await run(
          `SELECT COLUMN_NAME FROM information_schema.STATISTICS
          WHERE TABLE_SCHEMA = ${quoteText(relation.name.schema ?? '')} AND TABLE_NAME = ${quoteText(relation.name.table)} AND SEQ_IN_INDEX = 1`,
        ),
      );
      return rows.some(([first]) => first?.toLowerCase() === name.toLowerCase());
    }));
  const findings = [...typeOf(column), ...nullsOf(column)];
  if (!indexed)
    findings.push(
      warning('changes', {
        code: 'CURSOR_NOT_INDEXED',
        message: `No index starts with ${name}: every poll reads the whole table.`,
        remedy: `CREATE INDEX ${quote(`tributary_${name}`)} ON ${table} (${quote(name)});`,
      }),
    );
  return findings.length > 0 ? findings : [passed('changes', `${name} can be polled`)];
}

function typeOf({ name, dataType, type }: Column): Finding[] {
  if (NUMBERS.test(dataType) || TIMES.test(dataType)) return [];
  return [
    problem('changes', {
      code: 'CURSOR_UNSUITABLE',
      message: `${name} is of type ${type}, which does not grow with every change.`,
      remedy: 'Name a timestamp, a datetime or a number in changes.cursor.',
    }),
  ];
}

function nullsOf({ name, nullable }: Column): Finding[] {
  if (!nullable) return [];
  return [
    warning('changes', {
      code: 'CURSOR_NULLABLE',
      message: `${name} may be NULL: such records are only read by full runs.`,
      remedy: `Have every insert and update fill ${name} in, and schedule changes.full.`,
    }),
  ];
}
