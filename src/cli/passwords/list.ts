import { option, type Session, type Typed } from '../command.ts';
import { time } from '../output.ts';
import { readChoice } from '../read-choice.ts';
import { readStretch } from '../read-stretch.ts';

const STATES = ['pending', 'written', 'missing', 'conflict', 'superseded', 'failed'] as const;

export async function list(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const state = readChoice('--state', option(typed, 'state'), STATES) ?? undefined;
  const provider = option(typed, 'provider') ?? undefined;
  const filter = { state, provider, ...readStretch(typed, new Date()) };
  await session.withInstallation(async (installation) => {
    const writeBacks = await installation.writeBacks.list(filter);
    output.list(writeBacks, () =>
      output.table(
        ['ID', 'PERSON', 'PROVIDER', 'RECORD', 'STATE', 'TRIES', 'SINCE', 'NEXT TRY', 'REASON'],
        writeBacks.map((writeBack) => [
          writeBack.id,
          writeBack.username,
          writeBack.provider,
          writeBack.recordKey,
          writeBack.state,
          String(writeBack.attempts),
          time(writeBack.createdAt),
          time(writeBack.nextAttemptAt),
          writeBack.error ?? '',
        ]),
        'No passwords have been carried back.',
      ),
    );
  });
}
