import { option, type Session, type Typed } from '../command.ts';
import { time } from '../output.ts';
import { readChoice } from '../read-choice.ts';
import { readCount } from '../read-count.ts';

const STATES = ['pending', 'written', 'missing', 'conflict', 'superseded', 'failed'] as const;

export async function list(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const state = readChoice('--state', option(typed, 'state'), STATES) ?? undefined;
  const limit = readCount('--limit', option(typed, 'limit') ?? '50');
  await session.withInstallation(async (installation) => {
    const writeBacks = await installation.writeBacks.list({ state, limit });
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
