/** Larger than any time in seconds that matters, smaller than any in milliseconds. */
const MILLISECONDS_FROM = 100_000_000_000;

/** The present time the way the record has it now: SQLite has no type for times. Where it has none, as SQLite prints it. */
export function nowLike(column: string): string {
  return `CASE typeof(${column})
    WHEN 'integer' THEN CASE WHEN abs(${column}) < ${String(MILLISECONDS_FROM)} THEN unixepoch()
                             ELSE CAST(unixepoch('subsec') * 1000 AS INTEGER) END
    WHEN 'real' THEN CASE WHEN ${column} BETWEEN 1721425.5 AND 5373484.5 THEN julianday() ELSE unixepoch('subsec') END
    ELSE CASE WHEN instr(${column}, 'T') = 11 THEN strftime('%Y-%m-%dT%H:%M:%fZ') ELSE strftime('%Y-%m-%d %H:%M:%f') END END`;
}
