import { flag, option, type Session, type Typed } from '../command.ts';
import { readPeople } from '../profiles/read-people.ts';
import { readCount } from '../read-count.ts';
import { manyText } from './many-text.ts';
import { readRate } from './read-rate.ts';

/** Sends what is held back to the people named: all of it, or a wave. */
export async function release(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const wave = option(typed, 'limit');
  const limit = wave === null ? undefined : readCount('--limit', wave);
  const perHour = readRate(option(typed, 'rate'));
  const dryRun = flag(typed, 'dryRun');
  await session.withInstallation(async ({ emails, profiles }) => {
    const named = await readPeople(profiles, typed, { invitation: 'held' });
    const people = 'ids' in named ? { ids: named.ids.slice(0, limit) } : { ...named, limit };
    const report = await emails.release({ people, perHour, dryRun });
    output.result(report, () => manyText(report, dryRun ? 'would get theirs' : 'get theirs'));
    if (!dryRun) output.hint('A running server sends them. Follow it: tributary email list');
  });
}
