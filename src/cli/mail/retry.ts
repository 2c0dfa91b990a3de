import { retryEmails } from '../../app/mail/retry-emails.ts';
import type { Session, Typed } from '../command.ts';
import { readWhich } from '../read-which.ts';

export async function retry(session: Session, typed: Typed): Promise<undefined> {
  const { output, actor } = session;
  const which = readWhich(typed);
  await session.withContext(async (context) => {
    const ids = await retryEmails(context, which, actor);
    output.result({ retried: ids }, () => `${ids.length} e-mails will be sent again`);
    output.hint('A running server sends them (tributary start). Follow it: tributary email list');
  });
}
