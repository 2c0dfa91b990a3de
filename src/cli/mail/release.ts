import { releaseInvitations } from '../../app/mail/release-invitations.ts';
import { doToMany } from '../../app/profiles/do-to-many.ts';
import { flag, option, texts, type Session, type Typed } from '../command.ts';
import { readFilter } from '../profiles/read-filter.ts';
import { readCount } from '../read-count.ts';
import { manyText } from './many-text.ts';
import { readRate } from './read-rate.ts';

/** Sends what is held back to the people whom the filter describes: all of it, or a wave. */
export async function release(session: Session, typed: Typed): Promise<undefined> {
  const { output, actor } = session;
  const filter = { ...readFilter(texts(typed.options['filter'])), invitation: 'held' } as const;
  const wave = option(typed, 'limit');
  const limit = wave === null ? undefined : readCount('--limit', wave);
  const perHour = readRate(option(typed, 'rate'));
  const dryRun = flag(typed, 'dryRun');
  await session.withContext(async (context) => {
    const about = { cause: { kind: 'operator', name: actor }, perHour, dryRun } as const;
    const report = await doToMany(
      context,
      { filter, limit },
      async (profileIds) => await releaseInvitations(context, { ...about, profileIds }),
    );
    output.result(report, () => manyText(report, dryRun ? 'would get theirs' : 'get theirs'));
    if (!dryRun)
      output.hint('A running server sends them (tributary start). Follow it: tributary email list');
  });
}
