import { quote } from './identifiers.ts';
import { nowLike } from './now-like.ts';

/**
 * What a compared column becomes with a write: the next number, or the present
 * time the way the record has it now. SQLite has no type for times, so that a
 * number is one only where the definition says so. A text that is no time stays
 * as it is, for a trigger to move on.
 */
export function advanceTo(column: string, asTime: boolean): string {
  const name = `r.${quote(column)}`;
  const now = nowLike(name);
  if (asTime)
    return `CASE WHEN typeof(${name}) IN ('integer', 'real') THEN max(${now}, ${name} + 1) ELSE ${now} END`;
  return `CASE WHEN typeof(${name}) IN ('integer', 'real') THEN ${name} + 1
               WHEN ${name} IS NULL THEN 1
               WHEN ${name} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]*' THEN ${now}
               ELSE ${name} END`;
}
