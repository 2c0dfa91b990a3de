import { z } from 'zod';
import { Secret } from '../../connectors/contract/secret.ts';

/** RFC 5321 allows 254 characters for an address; usernames have 200 at most. */
const MAX_NAME = 254;
const MAX_PASSWORD = 2_048;
const MAX_TOKEN = 200;

/** A field sent twice or as a list arrives as an array and is no text. */
const name = z.string().max(MAX_NAME);
const password = z
  .string()
  .max(MAX_PASSWORD)
  .transform((text) => new Secret(text));
const token = z
  .string()
  .max(MAX_TOKEN)
  .transform((text) => new Secret(text));

export const signInForm = z.object({ username: name, password });
export const forgotForm = z.object({ username: name });
export const newPasswordForm = z.object({ password, passwordAgain: password });
export const changeForm = newPasswordForm.extend({ currentPassword: password.optional() });
export const linkForm = newPasswordForm.extend({ token });
export const newLinkForm = z.object({ token });
export const sessionsForm = z.object({ session: z.string().max(MAX_TOKEN) });
export const tokenQuery = z.object({ token });

/** @returns null for a form that no page of ours sends. */
export function readForm<T extends z.ZodType>(form: T, body: unknown): z.output<T> | null {
  const parsed = form.safeParse(body);
  return parsed.success ? parsed.data : null;
}
