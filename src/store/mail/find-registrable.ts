import type { Transaction } from '../transaction.ts';

export interface Registrable {
  readonly profileId: string;
  readonly enabled: boolean;
  readonly preRegistration: boolean;
  readonly email: string | null;
  /** A registration e-mail that has not gone out yet; null when there is none. */
  readonly queuedEmailId: string | null;
  /** One that is held back; null when there is none. */
  readonly heldEmailId: string | null;
}

/** What decides whether a person can be sent a registration link. Locks the profiles until the transaction ends. */
export async function findRegistrable(
  tx: Transaction,
  profileIds: readonly string[],
): Promise<readonly Registrable[]> {
  await tx.query('SELECT id FROM profiles WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [
    profileIds,
  ]);
  return await readRegistrable(tx, profileIds);
}

/** As {@link findRegistrable}, without keeping anybody from changing it. */
export async function readRegistrable(
  tx: Transaction,
  profileIds: readonly string[],
): Promise<readonly Registrable[]> {
  return await tx.query<Registrable[]>(
    `SELECT id AS "profileId", enabled, pre_registration AS "preRegistration", email,
            (${latest('queued')}) AS "queuedEmailId", (${latest('held')}) AS "heldEmailId"
     FROM profiles WHERE id = ANY ($1::uuid[])`,
    [profileIds],
  );
}

function latest(state: 'queued' | 'held'): string {
  return `SELECT email.id FROM emails email WHERE email.profile_id = profiles.id
            AND email.kind = 'registration' AND email.state = '${state}' ORDER BY email.created_at DESC LIMIT 1`;
}
