import { flag, type Session, type Typed } from '../command.ts';
import { readPeople } from '../profiles/read-people.ts';
import { manyText } from './many-text.ts';

/** Holds back what has not gone out to the people named. */
export async function hold(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const dryRun = flag(typed, 'dryRun');
  await session.withInstallation(async ({ emails, profiles }) => {
    const people = await readPeople(profiles, typed, { invitation: 'queued' });
    const report = await emails.hold({ people, dryRun });
    output.result(report, () => manyText(report, dryRun ? 'would be held back' : 'are held back'));
    if (!dryRun) output.hint('Send them later: tributary email release --filter invitation=held --limit 500');
  });
}
