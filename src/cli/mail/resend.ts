import { flag, option, type Session, type Typed } from '../command.ts';
import { readPeople } from '../profiles/read-people.ts';
import { manyText } from './many-text.ts';
import { readRate } from './read-rate.ts';

/** New links for the people named who wait for a first password, at a rate when one is given. */
export async function resend(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const perHour = readRate(option(typed, 'rate'));
  const dryRun = flag(typed, 'dryRun');
  await session.withInstallation(async ({ emails, profiles }) => {
    const people = await readPeople(profiles, typed, { preRegistration: true });
    const report = await emails.resend({ people, perHour, dryRun });
    output.result(report, () => manyText(report, dryRun ? 'would get a new link' : 'get a new link'));
    if (!dryRun) output.hint('A running server sends them. Follow it: tributary email list');
  });
}
