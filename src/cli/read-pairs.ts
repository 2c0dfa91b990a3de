import { AppError } from '../kernel/errors.ts';

/**
 * Reads `KEY=VALUE` words. Everything behind the first `=` is the value.
 *
 * @throws AppError `PAIR_INVALID` for a word without `=`, or a key given twice.
 */
export function readPairs(words: readonly string[]): Readonly<Record<string, string>> {
  const read = new Map<string, string>();
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1) throw invalidPair(`${word} is not of the form KEY=VALUE.`);
    const key = word.slice(0, at);
    if (read.has(key)) throw invalidPair(`${key} is given twice.`);
    read.set(key, word.slice(at + 1));
  }
  return Object.fromEntries(read);
}

function invalidPair(message: string): AppError {
  return new AppError({ kind: 'invalid', code: 'PAIR_INVALID', message });
}
