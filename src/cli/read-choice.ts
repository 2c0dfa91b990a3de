import { AppError } from '../kernel/errors.ts';

/** One of a few words somebody typed; null when nothing was. @throws AppError `CHOICE_INVALID` naming all of them. */
export function readChoice<const W extends string>(
  name: string,
  typed: string | null,
  words: readonly W[],
): W | null {
  if (typed === null) return null;
  const word = words.find((candidate) => candidate === typed);
  if (word !== undefined) return word;
  throw new AppError({
    kind: 'invalid',
    code: 'CHOICE_INVALID',
    message: `${name} takes one of: ${words.join(', ')}.`,
  });
}
