import type { Transaction } from '../transaction.ts';
import type { TokenPurpose } from '../entities/access.ts';

/** What allows a password to be set: an unused token, or knowledge of the present password at this version. */
export type PasswordProof =
  { readonly tokenHash: Buffer; readonly purpose: TokenPurpose } | { readonly passwordVersion: number };

export interface NewLocalPassword {
  readonly profileId: string;
  /** Sealed; binding `credentials/local_hash/<profile id>`. */
  readonly localHash: Buffer;
  readonly proof: PasswordProof;
}

/** The token is consumed by the statement that sets the password: of any number of requests with it, one succeeds. */
const BY_TOKEN = `
  WITH proven AS (
    UPDATE action_tokens token SET used_at = now()
    FROM profiles profile LEFT JOIN credentials credential ON credential.profile_id = profile.id
    WHERE token.token_hash = $3 AND token.purpose = $4 AND token.profile_id = $1
      AND profile.id = token.profile_id AND profile.enabled
      AND token.used_at IS NULL AND token.expires_at > now()
      AND token.password_version = coalesce(credential.password_version, 0)
    RETURNING token.password_version AS version)`;

const BY_PASSWORD = `
  WITH proven AS (
    SELECT credential.password_version AS version
    FROM credentials credential JOIN profiles profile ON profile.id = credential.profile_id
    WHERE credential.profile_id = $1 AND credential.password_version = $3 AND profile.enabled)`;

const SET = `
  INSERT INTO credentials (profile_id, effective, local_hash, password_version, set_at)
  SELECT $1, 'local', $2, proven.version + 1, now() FROM proven
  ON CONFLICT (profile_id) DO UPDATE
    SET effective = 'local', local_hash = excluded.local_hash, password_version = excluded.password_version,
        set_at = now(), updated_at = now()
    WHERE credentials.password_version = excluded.password_version - 1
  RETURNING password_version`;

/**
 * Makes this the password that signs in, and clears both flags.
 *
 * @returns false when the proof does not hold, or no longer. The caller rolls
 *   back then, so that a token lost to a race is not marked as used.
 */
export async function setLocalPassword(tx: Transaction, password: NewLocalPassword): Promise<boolean> {
  const { proof } = password;
  const [proven, values] =
    'tokenHash' in proof
      ? [BY_TOKEN, [proof.tokenHash, proof.purpose]]
      : [BY_PASSWORD, [proof.passwordVersion]];
  // First, as everybody does who changes people: their invitation is locked by what follows, and two would wait for each other.
  await tx.query('SELECT FROM profiles WHERE id = $1 FOR NO KEY UPDATE', [password.profileId]);
  const rows = await tx.query<unknown[]>(`${proven} ${SET}`, [
    password.profileId,
    password.localHash,
    ...values,
  ]);
  if (rows.length === 0) return false;
  await tx.query(
    `UPDATE profiles SET force_reset = false, pre_registration = false, updated_at = now() WHERE id = $1`,
    [password.profileId],
  );
  return true;
}
