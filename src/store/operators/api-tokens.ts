import type { OperatorRole, Scope } from '../../domain/operators/scopes.ts';
import type { Transaction } from '../transaction.ts';
import type { MadeBy } from './made-by.ts';

export interface ApiToken {
  readonly id: string;
  /** Unique among the tokens that are not revoked. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Who made it, as the audit log knows them. */
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** To the minute; null: never. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface NewApiToken extends Pick<ApiToken, 'id' | 'name' | 'scopes' | 'createdBy' | 'expiresAt'> {
  /** SHA-256 of the token's text. */
  readonly tokenHash: Buffer;
  readonly by: MadeBy;
}

/** @returns false when a token that is in force has the name. */
export async function insertApiToken(tx: Transaction, token: NewApiToken): Promise<boolean> {
  const { id, name, tokenHash, scopes, by, createdBy, expiresAt } = token;
  const rows = await tx.query<unknown[]>(
    `INSERT INTO api_tokens (id, name, token_hash, scopes, operator_id, made_with, created_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (name) WHERE revoked_at IS NULL DO NOTHING RETURNING id`,
    [id, name, tokenHash, scopes, by.operatorId, by.tokenId, createdBy, expiresAt],
  );
  return rows.length === 1;
}

/** A token that was presented, and the role of whoever made it. */
export interface PresentedToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Whoever made it, or the token that it was made with; null: the command line. */
  readonly operatorId: string | null;
  /** `admin` for a token made at the command line. */
  readonly role: OperatorRole;
  /** The operator has proven one; true for a token made at the command line. */
  readonly secondFactor: boolean;
  readonly expiresAt: Date;
  readonly expired: boolean;
}

/** Null for a token that is unknown or revoked, or whose maker is disabled. Notes the use, at most once a minute. */
export async function findPresentedToken(tx: Transaction, tokenHash: Buffer): Promise<PresentedToken | null> {
  const rows = await tx.query<(PresentedToken & { noted: boolean })[]>(
    `SELECT token.id, token.name, token.scopes, token.operator_id AS "operatorId",
            coalesce(operator.role, 'admin') AS role,
            operator.id IS NULL OR operator.second_factor_since IS NOT NULL AS "secondFactor",
            token.expires_at AS "expiresAt", token.expires_at <= now() AS expired,
            coalesce(token.last_used_at > now() - interval '1 minute', false) AS noted
     FROM api_tokens token LEFT JOIN operators operator ON operator.id = token.operator_id
     WHERE token.token_hash = $1 AND token.revoked_at IS NULL AND operator.disabled_at IS NULL`,
    [tokenHash],
  );
  const [token] = rows;
  if (token === undefined) return null;
  if (!token.expired && !token.noted)
    await tx.query('UPDATE api_tokens SET last_used_at = now() WHERE id = $1', [token.id]);
  const { noted: _, ...presented } = token;
  return presented;
}

/** Newest first, the revoked ones too. @param operatorId only those that this operator made; null: all. */
export async function listApiTokens(
  tx: Transaction,
  operatorId: string | null,
): Promise<readonly ApiToken[]> {
  return await tx.query<ApiToken[]>(
    `SELECT id, name, scopes, created_by AS "createdBy", created_at AS "createdAt", expires_at AS "expiresAt",
            last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"
     FROM api_tokens WHERE $1::uuid IS NULL OR operator_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1000`,
    [operatorId],
  );
}

/** A token that has ended. */
export type EndedToken = Pick<ApiToken, 'id' | 'name'>;

/**
 * @param which a token's id, or the name of one in force. A name that is another token's id does not stand for that one.
 * @returns null when nothing in force was found.
 */
export async function revokeApiToken(
  tx: Transaction,
  which: string,
  operatorId: string | null,
): Promise<EndedToken | null> {
  const [rows] = await tx.query<[EndedToken[], number]>(
    `UPDATE api_tokens SET revoked_at = now()
     WHERE id = (SELECT id FROM api_tokens
                 WHERE revoked_at IS NULL AND (id::text = $1 OR name = $1) AND ($2::uuid IS NULL OR operator_id = $2)
                 ORDER BY id::text = $1 DESC LIMIT 1)
     RETURNING id, name`,
    [which, operatorId],
  );
  return rows[0] ?? null;
}

/**
 * Ends what was made with a token, and with what was made with it, and so on. For whoever holds the lock of operators.
 *
 * @returns all of it, with whether it was in force until now: what had ended before may have let somebody in.
 */
export async function revokeMadeWith(
  tx: Transaction,
  tokenId: string,
): Promise<readonly (EndedToken & { readonly wasInForce: boolean })[]> {
  const made = await tx.query<(EndedToken & { wasInForce: boolean })[]>(
    `WITH RECURSIVE made (id) AS (
       SELECT id FROM api_tokens WHERE made_with = $1
       UNION SELECT token.id FROM api_tokens token JOIN made ON token.made_with = made.id)
     SELECT id, name, revoked_at IS NULL AS "wasInForce" FROM api_tokens JOIN made USING (id) ORDER BY name, id`,
    [tokenId],
  );
  const ids = made.map(({ id }) => id);
  await tx.query('UPDATE api_tokens SET revoked_at = now() WHERE revoked_at IS NULL AND id = ANY ($1)', [
    ids,
  ]);
  return made;
}

/** Ends every token that an operator made, and what was made with those. */
export async function revokeTokensOf(tx: Transaction, operatorId: string): Promise<readonly EndedToken[]> {
  const [rows] = await tx.query<[EndedToken[], number]>(
    `UPDATE api_tokens SET revoked_at = now() WHERE revoked_at IS NULL AND operator_id = $1 RETURNING id, name`,
    [operatorId],
  );
  return rows;
}
