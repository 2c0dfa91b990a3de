import type { Transaction } from '../transaction.ts';

/** One place where a person is signed in. */
export interface ListedSession {
  readonly id: string;
  /** As the connection, or a trusted proxy, said it. */
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  /** Exact to a few minutes. */
  readonly seenAt: Date;
  readonly expiresAt: Date;
}

/** The sessions of a person that have not expired, the one seen last first. No token leaves the store. */
export async function findSessionsOf(tx: Transaction, profileId: string): Promise<readonly ListedSession[]> {
  return await tx.query<ListedSession[]>(
    `SELECT id, address, user_agent AS "userAgent", created_at AS "createdAt", seen_at AS "seenAt",
            expires_at AS "expiresAt"
     FROM sessions WHERE profile_id = $1 AND expires_at > now() ORDER BY seen_at DESC, id`,
    [profileId],
  );
}
