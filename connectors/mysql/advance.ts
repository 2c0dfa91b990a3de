import { digitsOf, NUMERIC, nowAs } from './also.ts';
import { quote } from './identifiers.ts';
import type { ColumnShape } from './shape.ts';

/**
 * What a compared column becomes with a write, so that it never says the same
 * twice: the next number, or the present time and no earlier than after what
 * stands there. Null for a column that something else has to move on.
 */
export function advanceTo(column: ColumnShape, asTime: boolean): string | null {
  const name = `r.${quote(column.name)}`;
  if (NUMERIC.has(column.kind)) {
    const next = `COALESCE(${name}, 0) + 1`;
    return asTime ? `GREATEST(UNIX_TIMESTAMP(), ${next})` : next;
  }
  const now = nowAs(column);
  if (column.kind !== 'time') return asTime ? now : null;
  const step = 10 ** (6 - digitsOf(column));
  // A zero date has no later one: it is as good as none.
  return `GREATEST(${now}, COALESCE(${name} + INTERVAL ${String(step)} MICROSECOND, ${now}))`;
}
