import { emailKey, usernameKey } from '../../domain/profiles/identifiers.ts';
import { isId } from '../../kernel/ids.ts';
import { ProfileEntity, type ProfileRow } from '../entities/directory.ts';
import type { Transaction } from '../transaction.ts';

/** More than anybody wants to choose from. */
const MOST = 20;

/**
 * Whom an id, a username or an address names, in that order: one person, or
 * everybody who shares the address, or nobody.
 */
export async function findProfiles(tx: Transaction, who: string): Promise<readonly ProfileRow[]> {
  const byId = isId(who) ? await tx.findOneBy(ProfileEntity, { id: who }) : null;
  if (byId !== null) return [byId];
  const byName = await tx.findOneBy(ProfileEntity, { usernameKey: usernameKey(who) });
  if (byName !== null) return [byName];
  return await tx.find(ProfileEntity, {
    where: { emailKey: emailKey(who) },
    order: { id: 'ASC' },
    take: MOST,
  });
}
