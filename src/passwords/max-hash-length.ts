import { chooseWriter } from './choose-writer.ts';

/**
 * How many characters a column has to hold for a format at today's cost. Where a
 * record's own higher cost is kept, the column holds its digits already.
 *
 * @throws AppError `FORMAT_UNKNOWN` when the format is not one we write.
 */
export function maxHashLength(format: string): number {
  return chooseWriter(format, null).length;
}
