import { newId } from '../../kernel/ids.ts';
import type { Transaction } from '../transaction.ts';

export interface NewOperatorLink {
  /** Null: whoever follows it becomes the first operator. */
  readonly operatorId: string | null;
  /** SHA-256 of the text in the link. */
  readonly tokenHash: Buffer;
  readonly hours: number;
}

/** @returns when it expires. */
export async function insertOperatorLink(tx: Transaction, link: NewOperatorLink): Promise<Date> {
  const [row] = await tx.query<{ expiresAt: Date }[]>(
    `INSERT INTO operator_links (id, operator_id, token_hash, expires_at)
     VALUES ($1, $2, $3, now() + make_interval(hours => $4)) RETURNING expires_at AS "expiresAt"`,
    [newId(), link.operatorId, link.tokenHash, link.hours],
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

/** Uses a link up, and with it every other one that is good for the same. @returns false when somebody else was first. */
export async function consumeOperatorLink(tx: Transaction, tokenHash: Buffer): Promise<boolean> {
  const [rows] = await tx.query<[{ operatorId: string | null }[], number]>(
    `UPDATE operator_links SET used_at = now()
     WHERE token_hash = $1 AND used_at IS NULL AND expires_at > now() RETURNING operator_id AS "operatorId"`,
    [tokenHash],
  );
  const [used] = rows;
  if (used === undefined) return false;
  await endOperatorLinks(tx, used.operatorId);
  return true;
}

/** Ends every link of an operator; null: those of the first start. */
export async function endOperatorLinks(tx: Transaction, operatorId: string | null): Promise<void> {
  await tx.query(
    `UPDATE operator_links SET used_at = now()
     WHERE used_at IS NULL AND operator_id IS NOT DISTINCT FROM $1`,
    [operatorId],
  );
}
