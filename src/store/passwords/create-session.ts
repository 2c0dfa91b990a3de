import { newId } from '../../kernel/ids.ts';
import type { Transaction } from '../transaction.ts';

export interface NewSession {
  readonly profileId: string;
  /** SHA-256 of the cookie's value. */
  readonly tokenHash: Buffer;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly lifetimeHours: number;
}

const MAX_USER_AGENT = 300;

export async function createSession(tx: Transaction, session: NewSession): Promise<void> {
  await tx.query(
    `INSERT INTO sessions (id, token_hash, profile_id, address, user_agent, expires_at)
     VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))`,
    [
      newId(),
      session.tokenHash,
      session.profileId,
      session.address,
      session.userAgent?.slice(0, MAX_USER_AGENT) ?? null,
      session.lifetimeHours * 3_600,
    ],
  );
}
