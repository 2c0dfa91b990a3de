import { option, type Session, type Typed } from '../command.ts';
import { time } from '../output.ts';
import { readChoice } from '../read-choice.ts';
import { readCount } from '../read-count.ts';

const STATES = ['held', 'queued', 'sent', 'undeliverable', 'failed', 'cancelled'] as const;

export async function list(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const state = readChoice('--state', option(typed, 'state'), STATES) ?? undefined;
  const limit = readCount('--limit', option(typed, 'limit') ?? '50');
  await session.withInstallation(async (installation) => {
    const emails = await installation.emails.list({ state, limit });
    output.list(emails, () =>
      output.table(
        ['ID', 'TO', 'KIND', 'STATE', 'TRIES', 'ASKED', 'SENT', 'NEXT TRY', 'REASON'],
        emails.map((email) => [
          email.id,
          email.recipient ?? email.username,
          email.kind,
          email.state,
          String(email.attempts),
          time(email.createdAt),
          time(email.sentAt),
          time(email.nextAttemptAt),
          email.error ?? '',
        ]),
        'No e-mails.',
      ),
    );
  });
}
