import { AppError, missing } from '../../kernel/errors.ts';
import type { ProfileRow } from '../../store/entities/directory.ts';
import { findProfiles } from '../../store/profiles/find-profiles.ts';
import type { AppContext } from '../context.ts';

/**
 * Whom `who` names: a profile's id, a username or an e-mail address.
 *
 * @throws AppError `PROFILE_NOT_FOUND`, or `PROFILE_AMBIGUOUS` when several share the address.
 */
export async function findProfile(context: Pick<AppContext, 'store'>, who: string): Promise<ProfileRow> {
  const found = await findProfiles(context.store.read, who);
  const [profile] = found;
  if (profile === undefined)
    throw missing(
      'profile',
      who,
      'Give an id, a username or an e-mail address; list with: bin/tributary profile list',
    );
  if (found.length === 1) return profile;
  throw new AppError({
    kind: 'conflict',
    code: 'PROFILE_AMBIGUOUS',
    message: `${found.length} profiles share the address ${who}.`,
    remedy: 'Name one of them by its id.',
    problems: found.map(({ id, username }) => ({
      path: id,
      code: 'PROFILE_AMBIGUOUS',
      message: `is ${username}`,
      remedy: '',
    })),
  });
}
