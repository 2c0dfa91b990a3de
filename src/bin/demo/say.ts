/** Tells a person at a terminal how far the start is. Standard error, because standard output holds the result. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** A line that the next one replaces on a terminal; elsewhere only `last` ones are written. */
export function sayProgress(line: string, { last }: { readonly last: boolean }): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${line}${last ? '\n' : ''}`);
  else if (last) say(line);
}
