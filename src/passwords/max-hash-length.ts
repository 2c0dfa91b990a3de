import { chooseWriter } from './choose-writer.ts';

/**
 * How many characters a column has to hold for a format at today's cost; null when
 * that depends on the password. Where a record's own higher cost is kept, the
 * column holds its digits already.
 *
 * @throws AppError `FORMAT_UNKNOWN` when there is no such format.
 */
export function maxHashLength(format: string): number | null {
  return chooseWriter({ format, weakAccepted: true }, null).length;
}
