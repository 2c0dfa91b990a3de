import { findEmails, type EmailFilter, type ListedEmail } from '../../store/mail/find-emails.ts';
import type { AppContext } from '../context.ts';

export type { EmailFilter, ListedEmail };

/** E-mails with the state of their links, newest first. */
export async function listEmails(
  context: Pick<AppContext, 'store'>,
  filter: EmailFilter,
): Promise<readonly ListedEmail[]> {
  return await findEmails(context.store.read, filter);
}
