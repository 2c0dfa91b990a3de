import type { Transaction } from '../transaction.ts';

/** Who made a token or a link, which ends with them. */
export interface MadeBy {
  /** The operator who was signed in, or who made the token that was used; null: the command line. */
  readonly operatorId: string | null;
  /** The token that was used; null: none. */
  readonly tokenId: string | null;
}

/** Whether the operator is not disabled and the token is not revoked. For whoever holds the lock of operators. */
export async function isInForce(tx: Transaction, { operatorId, tokenId }: MadeBy): Promise<boolean> {
  const [row] = await tx.query<{ ended: boolean }[]>(
    `SELECT EXISTS (SELECT FROM operators WHERE id = $1 AND disabled_at IS NOT NULL)
         OR EXISTS (SELECT FROM api_tokens WHERE id = $2 AND revoked_at IS NOT NULL) AS ended`,
    [operatorId, tokenId],
  );
  return row?.ended === false;
}
