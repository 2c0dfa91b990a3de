import type { OperatorRole, Scope } from '../../domain/operators/scopes.ts';
import type { Transaction } from '../transaction.ts';

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

export interface NewApiToken extends Pick<ApiToken, 'id' | 'name' | 'scopes' | 'createdBy'> {
  /** SHA-256 of the token's text. */
  readonly tokenHash: Buffer;
  /** Null: made at the command line. */
  readonly operatorId: string | null;
  readonly days: number;
}

/** @returns when it expires; null when a token that is in force has the name. */
export async function insertApiToken(tx: Transaction, token: NewApiToken): Promise<Date | null> {
  const rows = await tx.query<{ expiresAt: Date }[]>(
    `INSERT INTO api_tokens (id, name, token_hash, scopes, operator_id, created_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7))
     ON CONFLICT (name) WHERE revoked_at IS NULL DO NOTHING RETURNING expires_at AS "expiresAt"`,
    [token.id, token.name, token.tokenHash, token.scopes, token.operatorId, token.createdBy, token.days],
  );
  return rows[0]?.expiresAt ?? null;
}

/** A token that was presented, and the role of whoever made it. */
export interface PresentedToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** `admin` for a token made at the command line. */
  readonly role: OperatorRole;
  readonly expired: boolean;
}

/** Null for a token that is unknown or revoked, or whose maker is disabled. Notes the use, at most once a minute. */
export async function findPresentedToken(tx: Transaction, tokenHash: Buffer): Promise<PresentedToken | null> {
  const rows = await tx.query<(PresentedToken & { noted: boolean })[]>(
    `SELECT token.id, token.name, token.scopes, coalesce(operator.role, 'admin') AS role,
            token.expires_at <= now() AS expired,
            coalesce(token.last_used_at > now() - interval '1 minute', false) AS noted
     FROM api_tokens token LEFT JOIN operators operator ON operator.id = token.operator_id
     WHERE token.token_hash = $1 AND token.revoked_at IS NULL AND operator.disabled_at IS NULL`,
    [tokenHash],
  );
  const [token] = rows;
  if (token === undefined) return null;
  if (!token.expired && !token.noted)
    await tx.query('UPDATE api_tokens SET last_used_at = now() WHERE id = $1', [token.id]);
  const { id, name, scopes, role, expired } = token;
  return { id, name, scopes, role, expired };
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

/**
 * @param which a token's id, or the name of one in force.
 * @returns its name; null when nothing in force was found.
 */
export async function revokeApiToken(
  tx: Transaction,
  which: string,
  operatorId: string | null,
): Promise<string | null> {
  const [rows] = await tx.query<[{ name: string }[], number]>(
    `UPDATE api_tokens SET revoked_at = now()
     WHERE revoked_at IS NULL AND (id::text = $1 OR name = $1) AND ($2::uuid IS NULL OR operator_id = $2)
     RETURNING name`,
    [which, operatorId],
  );
  return rows[0]?.name ?? null;
}
