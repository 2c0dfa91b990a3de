import type { WriteBackState } from '../entities/effects.ts';
import type { Transaction } from '../transaction.ts';

export interface EndedWriteBack {
  readonly id: string;
  /** `pending`: it will be tried again. */
  readonly state: Exclude<WriteBackState, 'superseded'>;
  readonly errorCode: string | null;
  readonly error: string | null;
  /** Sealed, what the provider was seen to hold: what the next attempt is compared with. Absent: what it was. */
  readonly seen?: Buffer | null;
}

/**
 * Writes what came of an attempt. The sealed hashes are forgotten, except where an
 * operator may have it tried again (`failed`, `missing`) or decide (`conflict`).
 *
 * @returns false when it was superseded meanwhile; nothing is written then.
 */
export async function endWriteBack(tx: Transaction, ended: EndedWriteBack): Promise<boolean> {
  const [, written] = await tx.query<[unknown, number]>(
    `UPDATE write_backs SET state = $2, error_code = $3, error = $4, updated_at = now(),
            finished_at = CASE WHEN $2 = 'pending' THEN NULL ELSE now() END,
            hash = CASE WHEN $2 = 'written' THEN NULL ELSE hash END,
            expected = CASE WHEN $2 = 'written' THEN NULL WHEN $5::boolean THEN $6::bytea ELSE expected END
     WHERE id = $1 AND state = 'pending'`,
    [ended.id, ended.state, ended.errorCode, ended.error, ended.seen !== undefined, ended.seen ?? null],
  );
  return written === 1;
}
