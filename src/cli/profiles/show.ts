import { showProfile } from '../../app/profiles/show-profile.ts';
import { argument, type Session, type Typed } from '../command.ts';
import { profileText } from './profile-text.ts';

export async function show(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  await session.withContext(async (context) => {
    const profile = await showProfile(context, argument(typed, 0));
    output.result(profile, () => profileText(output, profile));
  });
}
