import { argument, type Session, type Typed } from '../command.ts';
import { profileText } from './profile-text.ts';

export async function show(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  await session.withInstallation(async ({ profiles }) => {
    const profile = await profiles.show(argument(typed, 0));
    output.result(profile, () => profileText(output, profile));
  });
}
