import { findEmails, type EmailFilter, type ListedEmail } from '../../store/mail/find-emails.ts';
import type { AppContext } from '../context.ts';
import { providerIdOf } from '../providers/provider-id-of.ts';

export type { ListedEmail };

/** E-mails with the state of their links, by time. @throws AppError `PROVIDER_NOT_FOUND` */
export async function listEmails(
  context: Pick<AppContext, 'store'>,
  { provider, ...filter }: Omit<EmailFilter, 'providerId'> & { readonly provider?: string | undefined },
): Promise<readonly ListedEmail[]> {
  const { read } = context.store;
  return await findEmails(read, { ...filter, providerId: await providerIdOf(read, provider) });
}
