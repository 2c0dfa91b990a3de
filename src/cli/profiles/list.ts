import { findProfile } from '../../app/profiles/find-profile.ts';
import { searchProfiles, type FoundProfile } from '../../app/profiles/search-profiles.ts';
import { option, texts, type Session, type Typed } from '../command.ts';
import { readCount } from '../read-count.ts';
import { flagsText } from './flags-text.ts';
import { readFilter } from './read-filter.ts';

export async function list(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const limit = readCount('--limit', option(typed, 'limit') ?? '100');
  const filter = readFilter(texts(typed.options['filter']));
  const after = option(typed, 'after') ?? undefined;
  await session.withContext(async (context) => {
    const last = after === undefined ? undefined : (await findProfile(context, after)).id;
    const query = { ...filter, sort: 'username', after: last, limit } as const;
    const profiles = await searchProfiles(context, query);
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
    const end = profiles.at(-1);
    if (end !== undefined && profiles.length === limit)
      output.hint(`There may be more: --after ${JSON.stringify(end.username)}`);
  });
}

function stateOf({ enabled, disabledReason }: FoundProfile): string {
  return enabled ? 'active' : `disabled (${disabledReason ?? ''})`;
}
