/** So much of a long line is shown around the place. */
const WINDOW = 100;

/**
 * The line of a text that holds a place, with a caret under it:
 *
 * ```
 *     record.age + 1
 *                ^
 * ```
 */
export function caretUnder(text: string, at: number): string {
  const begin = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  const line = text.slice(begin, end < 0 ? undefined : end);
  const column = Math.min(at - begin, line.length);
  const from = Math.max(0, column - WINDOW / 2);
  const shown = plain(line.slice(from, from + WINDOW));
  const before = plain(line.slice(from, column));
  const lead = from > 0 ? '…' : '';
  return `    ${lead}${shown}\n    ${' '.repeat(lead.length + Array.from(before).length)}^`;
}

/** One column for each character, and nothing that moves the cursor. */
function plain(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ');
}
