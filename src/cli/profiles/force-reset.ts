import { flag, type Session, type Typed } from '../command.ts';
import { manyText } from '../mail/many-text.ts';
import { readPeople } from './read-people.ts';

/** Has many people choose a new password, or no more. */
export async function forceReset(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const [on, dryRun] = [!flag(typed, 'off'), flag(typed, 'dryRun')];
  await session.withInstallation(async ({ profiles }) => {
    const people = await readPeople(profiles, typed, on ? {} : { forceReset: true });
    const report = await profiles.forceReset({ people, on, dryRun });
    const what = on ? 'have to choose a new password' : 'keep their password';
    output.result(report, () => manyText(report, dryRun ? `would ${what}` : what));
  });
}
