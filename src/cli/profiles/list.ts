import type { ListedProfile } from '../asks/profiles.ts';
import { option, texts, type Session, type Typed } from '../command.ts';
import { readCount } from '../read-count.ts';
import { flagsText } from './flags-text.ts';
import { readFilter } from './read-filter.ts';

export async function list(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const limit = readCount('--limit', option(typed, 'limit') ?? '100');
  const filter = readFilter(texts(typed.options['filter']));
  const after = option(typed, 'after') ?? undefined;
  await session.withInstallation(async (installation) => {
    const profiles = await installation.profiles.list(filter, { after, limit });
    output.list(profiles, () =>
      output.table(
        ['USERNAME', 'E-MAIL', 'NAME', 'PROVIDER', 'STATE', 'FLAGS'],
        profiles.map((profile) => [
          profile.username,
          profile.email ?? '',
          profile.displayName ?? '',
          profile.provider ?? '',
          stateOf(profile),
          flagsText(profile),
        ]),
        'Nobody is like that.',
      ),
    );
    const last = profiles.at(-1);
    if (last !== undefined && profiles.length === limit) output.hint(`There may be more: --after ${last.id}`);
  });
}

function stateOf({ enabled, disabledReason }: ListedProfile): string {
  return enabled ? 'active' : `disabled (${disabledReason ?? ''})`;
}
