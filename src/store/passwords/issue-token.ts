import { newId } from '../../kernel/ids.ts';
import type { ActionTokenRow, TokenPurpose } from '../entities/access.ts';
import type { Transaction } from '../transaction.ts';

export interface NewToken {
  readonly purpose: TokenPurpose;
  readonly profileId: string;
  readonly lifetimeSeconds: number;
  /** The SHA-256 of the text that the token's id, purpose, profile and password version yield. */
  readonly hashOf: (identity: TokenIdentityRow) => Buffer;
}

export type TokenIdentityRow = Pick<ActionTokenRow, 'id' | 'purpose' | 'profileId' | 'passwordVersion'>;

/** What the store keeps of a token that was just made. */
export type IssuedTokenRow = TokenIdentityRow & Pick<ActionTokenRow, 'expiresAt'>;

/** Makes a token that ends when it is used, when its time is over, or when the password changes. */
export async function issueToken(tx: Transaction, token: NewToken): Promise<IssuedTokenRow> {
  const [credential] = await tx.query<{ version: number }[]>(
    'SELECT password_version AS version FROM credentials WHERE profile_id = $1',
    [token.profileId],
  );
  const identity = {
    id: newId(),
    purpose: token.purpose,
    profileId: token.profileId,
    passwordVersion: credential?.version ?? 0,
  };
  const rows = await tx.query<{ expires_at: Date }[]>(
    `INSERT INTO action_tokens (id, purpose, profile_id, token_hash, password_version, expires_at)
     VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6)) RETURNING expires_at`,
    [
      identity.id,
      identity.purpose,
      identity.profileId,
      token.hashOf(identity),
      identity.passwordVersion,
      token.lifetimeSeconds,
    ],
  );
  const expiresAt = rows[0]?.expires_at;
  if (expiresAt === undefined) throw new Error('an insert returned no row');
  return { ...identity, expiresAt };
}
