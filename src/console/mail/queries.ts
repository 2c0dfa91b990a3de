import type { z } from 'zod';
import type { emailSchema } from '../../http/schemas/mail.ts';
import { pagesOf } from '../api/pages.ts';
import { get } from '../api/request.ts';
import type { Wire } from '../api/wire.ts';

export type Email = Wire<z.output<typeof emailSchema>>;

export const emailsQuery = (state: Email['state'] | undefined) => pagesOf<Email>('/emails', { state });

export async function retryEmails(
  which: { readonly id: string } | { readonly all: true },
): Promise<{ readonly retried: number }> {
  return await get('/emails/retry', { method: 'POST', body: which });
}
