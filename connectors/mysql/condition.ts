/** In order: literals, comments, quoted names, calls, words, and everything else. */
const TOKEN =
  /(?<skip>'(?:[^'\\]|''|\\[^])*'|"(?:[^"\\]|""|\\[^])*"|--\s.*|#.*|\b[xb]'[^']*'|@@?[\w.]+)|`(?<quoted>(?:[^`]|``)+)`|(?<call>[A-Za-z_]\w*\s*\()|(?<word>[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*)|[^]/g;

/** Words of SQL conditions that are no columns. A column of that name has to be quoted, also in the condition. */
const WORDS = new Set(
  `and or not in is null like rlike regexp between xor div mod true false unknown binary collate
   case when then else end interval day month year hour minute second week date time timestamp
   current_date current_timestamp current_user utc_date utc_timestamp escape sounds r`.split(/\s+/),
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
    if (quoted !== undefined) names.add(quoted.replaceAll('``', '`'));
    else if (SUBQUERY.test(call ?? word ?? '')) return null;
    else if (word !== undefined && isColumn(word)) names.add(word);
  }
  names.delete('r');
  return [...names];
}

/** Also not the name of a character set or a collation. */
function isColumn(word: string): boolean {
  return !WORDS.has(word.toLowerCase()) && !/^_?(?:utf8|latin1|ascii|ucs2|utf16)/i.test(word);
}
