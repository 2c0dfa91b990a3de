import { z } from 'zod';
import type { Advice } from './problem.ts';

/** What a check of ours says when it fails. */
export function advise(
  message: string,
  advice: Partial<Advice> = {},
): { readonly error: string; readonly params: Advice & Record<string, unknown> } {
  return { error: message, params: { code: 'VALUE_INVALID', remedy: '', ...advice } };
}

/** A text with at least one character that is not a space, and no NUL: to servers one ends the text, and begins another setting. */
export const text = z
  .string()
  .refine((value) => value.trim() !== '', advise('is empty', { code: 'EMPTY' }))
  .refine((value) => !value.includes('\0'), advise('has a NUL in it', { remedy: 'Take the character out.' }));
