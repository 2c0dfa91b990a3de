import { option, type Session, type Typed } from '../command.ts';
import { time } from '../output.ts';
import { readChoice } from '../read-choice.ts';
import { readStretch } from '../read-stretch.ts';

const STATES = ['held', 'queued', 'sent', 'undeliverable', 'failed', 'cancelled'] as const;

export async function list(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const state = readChoice('--state', option(typed, 'state'), STATES) ?? undefined;
  const provider = option(typed, 'provider') ?? undefined;
  const filter = { state, provider, ...readStretch(typed, new Date()) };
  await session.withInstallation(async (installation) => {
    const emails = await installation.emails.list(filter);
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
