import { quote } from './identifiers.ts';
import type { ColumnShape } from './shape.ts';

const NUMBER = /^(?:smallint|integer|bigint|numeric|real|double precision)$/;
const TIME = /^timestamp(?:\((?<digits>\d)\))? with(?:out)? time zone$/;
/** Digits of a second, where the column does not say. */
const MICROSECONDS = 6;

/**
 * What a compared column becomes with a write, so that it never says the same
 * twice: the next number, or the present time and no earlier than after what
 * stands there. Null for a column that something else has to move on.
 */
export function advanceTo(
  column: Pick<ColumnShape, 'name' | 'type' | 'fullType'>,
  asTime: boolean,
): string | null {
  const name = `r.${quote(column.name)}`;
  if (NUMBER.test(column.type)) {
    const next = `coalesce(${name}, 0) + 1`;
    const seconds = 'floor(extract(epoch FROM now()))';
    return `(${asTime ? `greatest(${seconds}::numeric, (${next})::numeric)` : next})::${column.type}`;
  }
  const time = TIME.exec(column.fullType);
  if (time === null) return asTime ? 'now()' : null;
  const step = 10 ** (MICROSECONDS - Number(time.groups?.['digits'] ?? MICROSECONDS));
  // The type without its digits: rounding is the column's, once for both.
  return `greatest(now()::${column.type}, ${name} + interval '${String(step)} microseconds')`;
}
