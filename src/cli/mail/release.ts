import { flag, option, texts, type Session, type Typed } from '../command.ts';
import { readFilter } from '../profiles/read-filter.ts';
import { readCount } from '../read-count.ts';
import { manyText } from './many-text.ts';
import { readRate } from './read-rate.ts';

/** Sends what is held back to the people whom the filter describes: all of it, or a wave. */
export async function release(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const filter = { ...readFilter(texts(typed.options['filter'])), invitation: 'held' } as const;
  const wave = option(typed, 'limit');
  const limit = wave === null ? undefined : readCount('--limit', wave);
  const perHour = readRate(option(typed, 'rate'));
  const dryRun = flag(typed, 'dryRun');
  await session.withInstallation(async ({ emails }) => {
    const report = await emails.release({ filter, limit, perHour, dryRun });
    output.result(report, () => manyText(report, dryRun ? 'would get theirs' : 'get theirs'));
    if (!dryRun) output.hint('A running server sends them. Follow it: tributary email list');
  });
}
