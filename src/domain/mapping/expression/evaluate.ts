import type { SourceRecord } from '../../../../connectors/contract/record.ts';
import type { Stepped } from '../transforms/step.ts';
import type { Expression } from './compile.ts';
import { MOST_READ } from './cost.ts';
import { FunctionFault } from './functions.ts';
import { RECORD } from './inspect.ts';

/**
 * What an expression makes of a record: its text, `true` or `false`. Columns are
 * texts; an empty one (NULL) is the empty text. A column that was not read is
 * not empty: that is a fault.
 */
export function evaluate({ columns, run }: Expression, record: SourceRecord): Stepped {
  const values = new Map<string, string>();
  for (const { name } of columns) {
    const value = Object.hasOwn(record.values, name) ? record.values[name] : undefined;
    if (value === undefined) return fault('COLUMN_NOT_READ', `needs the column ${name}, which was not read`);
    if ((value?.length ?? 0) > MOST_READ)
      return fault('VALUE_TOO_LONG', `reads more than ${MOST_READ} characters in ${name}`);
    values.set(name, value ?? '');
  }
  try {
    return valueOf(run({ [RECORD]: values }));
  } catch (error) {
    return fault(...reasonOf(error, columns.map(({ name }) => name).join(', ')));
  }
}

function fault(code: string, message: string): Stepped {
  return { fault: { code, message } };
}

function valueOf(result: unknown): Stepped {
  if (typeof result === 'string') return { value: result };
  if (typeof result === 'boolean') return { value: String(result) };
  return fault('EXPRESSION_FAILED', 'is made by an expression that gave neither a text nor yes or no');
}

/** The language's own messages may hold values: only what kind of failure it was is told. */
const REASONS: Readonly<Record<string, string>> = {
  division_by_zero: 'divides by zero',
  index_out_of_bounds: 'asks for a part of a list that has not so many',
  integer_overflow: 'reaches a number that is too large',
};

function reasonOf(error: unknown, columns: string): readonly [code: string, message: string] {
  const own = findFault(error);
  if (own !== null) return [own.code, `${own.message} (columns read: ${columns})`];
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const reason =
    REASONS[code] ?? 'cannot be worked out from these values, for example a number from a text that is none';
  return ['EXPRESSION_FAILED', `is made by an expression that ${reason} (columns read: ${columns})`];
}

function findFault(error: unknown): FunctionFault | null {
  if (error instanceof FunctionFault) return error;
  return error instanceof Error && error.cause instanceof FunctionFault ? error.cause : null;
}
