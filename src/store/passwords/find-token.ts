import type { TokenPurpose } from '../entities/access.ts';
import type { Transaction } from '../transaction.ts';

export interface FoundToken {
  readonly id: string;
  readonly purpose: TokenPurpose;
  /** SHA-256 of its text. */
  readonly tokenHash: Buffer;
  readonly profileId: string;
  readonly passwordVersion: number;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  /** Not used, not expired, of the present password, and of a person who is enabled. */
  readonly usable: boolean;
}

/** Looks and consumes nothing. @returns null when there is no such token. */
export async function findToken(
  tx: Transaction,
  by: { readonly id: string } | { readonly hash: Buffer; readonly purpose: TokenPurpose },
): Promise<FoundToken | null> {
  const [condition, values] =
    'id' in by
      ? ['token.id = $1', [by.id]]
      : ['token.token_hash = $1 AND token.purpose = $2', [by.hash, by.purpose]];
  const rows = await tx.query<FoundToken[]>(
    `SELECT token.id, token.purpose, token.token_hash AS "tokenHash", token.profile_id AS "profileId",
            token.password_version AS "passwordVersion", token.expires_at AS "expiresAt", token.used_at AS "usedAt",
            (token.used_at IS NULL AND token.expires_at > now() AND profile.enabled
              AND token.password_version = coalesce(credential.password_version, 0)) AS usable
     FROM action_tokens token
     JOIN profiles profile ON profile.id = token.profile_id
     LEFT JOIN credentials credential ON credential.profile_id = token.profile_id
     WHERE ${condition}`,
    values,
  );
  return rows[0] ?? null;
}
