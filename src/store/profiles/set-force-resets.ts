import type { Transaction } from '../transaction.ts';

export interface Resettable {
  readonly profileId: string;
  readonly enabled: boolean;
  readonly forceReset: boolean;
  readonly hasPassword: boolean;
}

/** What decides whether a reset can be asked of people. `lock` keeps it from changing until the transaction ends. */
export async function findResettable(
  tx: Transaction,
  profileIds: readonly string[],
  lock: boolean,
): Promise<readonly Resettable[]> {
  if (lock)
    await tx.query('SELECT id FROM profiles WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [
      profileIds,
    ]);
  return await tx.query<Resettable[]>(
    `SELECT id AS "profileId", enabled, force_reset AS "forceReset",
            coalesce(credential.effective, 'none') <> 'none' AS "hasPassword"
     FROM profiles LEFT JOIN credentials credential ON credential.profile_id = id
     WHERE id = ANY ($1::uuid[])`,
    [profileIds],
  );
}

/** Sets or clears the flag; whoever is signed in has to sign in again when it is set. */
export async function setForceResets(
  tx: Transaction,
  profileIds: readonly string[],
  on: boolean,
): Promise<void> {
  await tx.query('UPDATE profiles SET force_reset = $2, updated_at = now() WHERE id = ANY ($1::uuid[])', [
    profileIds,
    on,
  ]);
  if (on) await tx.query('DELETE FROM sessions WHERE profile_id = ANY ($1::uuid[])', [profileIds]);
}
