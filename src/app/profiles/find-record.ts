import { AppError } from '../../kernel/errors.ts';
import { LinkEntity, ProviderEntity, type ProfileRow } from '../../store/entities/directory.ts';
import type { AppContext } from '../context.ts';

/**
 * The record that a profile stands for.
 *
 * @throws AppError `PROFILE_WITHOUT_PROVIDER` for somebody who was made here.
 */
export async function findRecord(
  context: Pick<AppContext, 'store'>,
  profile: Pick<ProfileRow, 'id' | 'username'>,
): Promise<{ readonly provider: string; readonly recordKey: string }> {
  const { read } = context.store;
  const link = await read.findOneBy(LinkEntity, { profileId: profile.id });
  if (link === null) {
    throw new AppError({
      kind: 'conflict',
      code: 'PROFILE_WITHOUT_PROVIDER',
      message: `${profile.username} comes from no provider: there is nothing to bring into step with.`,
    });
  }
  const provider = await read.findOneByOrFail(ProviderEntity, { id: link.providerId });
  return { provider: provider.name, recordKey: link.recordKey };
}
