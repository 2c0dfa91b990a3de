import { AppError } from '../../kernel/errors.ts';

/** `200/h` or `200`: e-mails an hour; undefined for all at once. @throws AppError `NUMBER_INVALID` */
export function readRate(text: string | null): number | undefined {
  if (text === null) return undefined;
  const count = Number(/^(\d{1,6})(?:\/h)?$/.exec(text)?.[1] ?? 0);
  if (count > 0) return count;
  throw new AppError({
    kind: 'invalid',
    code: 'NUMBER_INVALID',
    message: '--rate takes a number of e-mails an hour, for example 200/h.',
  });
}
