import { z } from 'zod';
import type { Advice } from './problem.ts';

/** What a check of ours says when it fails. */
export function advise(
  message: string,
  advice: Partial<Advice> = {},
): { readonly error: string; readonly params: Advice & Record<string, unknown> } {
  return { error: message, params: { code: 'VALUE_INVALID', remedy: '', ...advice } };
}

/** A text with at least one character that is not a space. */
export const text = z.string().refine((value) => value.trim() !== '', advise('is empty', { code: 'EMPTY' }));

/** A setting that this version does not have: refused whatever its value, so that nobody believes it is obeyed. */
export function unsupported(message: string, advice: Advice): z.ZodType<undefined> {
  return z
    .unknown()
    .refine((value) => value === undefined, advise(message, advice))
    .transform(() => undefined)
    .optional();
}
