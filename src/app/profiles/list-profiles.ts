import { usernameKey } from '../../domain/profiles/identifiers.ts';
import {
  listProfiles as selectProfiles,
  type ListedProfile,
  type ProfileFilter,
} from '../../store/profiles/list-profiles.ts';
import { findProvider } from '../../store/providers/find-provider.ts';
import type { AppContext } from '../context.ts';

export type { ListedProfile } from '../../store/profiles/list-profiles.ts';

export interface ProfileListing extends Omit<ProfileFilter, 'providerId'> {
  /** The provider's name. */
  readonly provider?: string | undefined;
}

/** Profiles by username, a page at a time: pass the last username as `after`. @throws AppError `PROVIDER_NOT_FOUND` */
export async function listProfiles(
  context: Pick<AppContext, 'store'>,
  { provider, ...filter }: ProfileListing,
): Promise<readonly ListedProfile[]> {
  const { read } = context.store;
  const providerId = provider === undefined ? undefined : (await findProvider(read, provider)).id;
  const after = filter.after === undefined ? undefined : usernameKey(filter.after);
  return await selectProfiles(read, { ...filter, providerId, after });
}
