import { AppError } from '../kernel/errors.ts';

const MOST = 10_000;

/** A count somebody typed. @throws AppError `NUMBER_INVALID` unless it is a whole number from 1 to `most`, 10,000 unless given. */
export function readCount(name: string, text: string, most = MOST): number {
  const count = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= most) return count;
  throw new AppError({
    kind: 'invalid',
    code: 'NUMBER_INVALID',
    message: `${name} takes a whole number from 1 to ${most}.`,
  });
}
