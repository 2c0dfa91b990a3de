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
