import { newId } from '../../kernel/ids.ts';
import type { Transaction } from '../transaction.ts';
import type { MadeBy } from './made-by.ts';

export interface NewOperatorLink {
  /** Null: whoever follows it becomes the first operator. */
  readonly operatorId: string | null;
  /** SHA-256 of the text in the link. */
  readonly tokenHash: Buffer;
  readonly hours: number;
  readonly by: MadeBy;
}

/** @returns when it expires. */
export async function insertOperatorLink(tx: Transaction, link: NewOperatorLink): Promise<Date> {
  const [row] = await tx.query<{ expiresAt: Date }[]>(
    `INSERT INTO operator_links (id, operator_id, token_hash, expires_at, made_by, made_with)
     VALUES ($1, $2, $3, now() + make_interval(hours => $4), $5, $6) RETURNING expires_at AS "expiresAt"`,
    [newId(), link.operatorId, link.tokenHash, link.hours, link.by.operatorId, link.by.tokenId],
  );
  if (row === undefined) throw new Error('a row that was just written is missing');
  return row.expiresAt;
}

/** A link that is good now. Looking at it uses nothing up. */
export async function findOperatorLink(
  tx: Transaction,
  tokenHash: Buffer,
): Promise<{ readonly operatorId: string | null } | null> {
  const rows = await tx.query<{ operatorId: string | null }[]>(
    `SELECT operator_id AS "operatorId" FROM operator_links
     WHERE token_hash = $1 AND used_at IS NULL AND expires_at > now()`,
    [tokenHash],
  );
  return rows[0] ?? null;
}

/**
 * Uses a link up, and with it every other one that is good for the same.
 *
 * @returns with which token it was made, null for none; null when somebody else was first.
 */
export async function consumeOperatorLink(
  tx: Transaction,
  tokenHash: Buffer,
): Promise<{ readonly madeWith: string | null } | null> {
  const [rows] = await tx.query<[{ operatorId: string | null; madeWith: string | null }[], number]>(
    `UPDATE operator_links SET used_at = now()
     WHERE token_hash = $1 AND used_at IS NULL AND expires_at > now()
     RETURNING operator_id AS "operatorId", made_with AS "madeWith"`,
    [tokenHash],
  );
  const [used] = rows;
  if (used === undefined) return null;
  await endOperatorLinks(tx, used.operatorId);
  return { madeWith: used.madeWith };
}

/** Ends every link of an operator; null: those of the first start. */
export async function endOperatorLinks(tx: Transaction, operatorId: string | null): Promise<void> {
  await tx.query(
    `UPDATE operator_links SET used_at = now()
     WHERE used_at IS NULL AND operator_id IS NOT DISTINCT FROM $1`,
    [operatorId],
  );
}

/** Ends every link that an operator made, or that was made with one of some tokens. @returns how many were good until now. */
export async function endLinksMadeBy(
  tx: Transaction,
  maker: { readonly operatorId: string } | { readonly tokenIds: readonly string[] },
): Promise<number> {
  const operatorId = 'operatorId' in maker ? maker.operatorId : null;
  const tokenIds = 'tokenIds' in maker ? maker.tokenIds : [];
  const [rows] = await tx.query<[{ good: boolean }[], number]>(
    `UPDATE operator_links SET used_at = now()
     WHERE used_at IS NULL AND (made_by = $1 OR made_with = ANY ($2)) RETURNING expires_at > now() AS good`,
    [operatorId, tokenIds],
  );
  return rows.filter(({ good }) => good).length;
}
