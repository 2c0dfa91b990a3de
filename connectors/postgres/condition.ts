/** In order: literals, comments, casts, quoted names, calls, words, and everything else. */
const TOKEN =
  /(?<skip>[eE]?'(?:[^']|'')*'|\$\$.*?\$\$|--.*|::\s*[\w.]+(?:\s*\(\d+(?:,\s*\d+)?\))?)|"(?<quoted>(?:[^"]|"")+)"|(?<call>[A-Za-z_]\w*\s*\()|(?<word>[A-Za-z_][\w$]*)|[^]/g;

/** Words of SQL conditions that are no columns. A column of that name has to be quoted, also in the condition. */
const WORDS = new Set(
  `and or not in is null like ilike similar to between symmetric true false unknown distinct from any all some
   case when then else end collate at time zone interval date timestamp timestamptz current_date
   current_timestamp current_user escape isnull notnull array r`.split(/\s+/),
);

/** Calls that are really keywords before a parenthesis, so that nothing is missed behind them. */
const SUBQUERY = /\b(select|with|exists)\b/i;

/**
 * The columns that a simple condition reads, for the rights they need.
 *
 * @returns null when that cannot be told without asking the server: a subquery.
 */
export function columnsInCondition(condition: string): readonly string[] | null {
  const names = new Set<string>();
  for (const { groups } of condition.matchAll(TOKEN)) {
    const { quoted, call, word } = groups ?? {};
    if (quoted !== undefined) names.add(quoted.replaceAll('""', '"'));
    else if (SUBQUERY.test(call ?? word ?? '')) return null;
    // Outside of quotes PostgreSQL reads names in lower case.
    else if (word !== undefined && !WORDS.has(word.toLowerCase())) names.add(word.toLowerCase());
  }
  names.delete('r');
  return [...names];
}
