import type { Transaction } from '../transaction.ts';

/** Which of two passwords is to be in force: the one set here, or the one set at the provider. */
export type Keep = 'here' | 'provider';

export interface DecidedWriteBack {
  readonly id: string;
  readonly profileId: string;
  readonly provider: string;
}

/** A write-back that lost against a change at the provider. */
const IN_CONFLICT = `(state = 'conflict' OR (state = 'failed' AND error_code = 'PASSWORD_CHANGED'))`;

/**
 * Settles write-backs that lost against a change at the provider. `here`: pending
 * from now on, compared with what the provider was seen to hold, for 72 hours;
 * those whose hash has been forgotten stay as they are. `provider`: superseded,
 * their secrets forgotten.
 *
 * @param ids null for every one of them.
 */
export async function decideWriteBack(
  tx: Transaction,
  ids: readonly string[] | null,
  keep: Keep,
): Promise<readonly DecidedWriteBack[]> {
  const change =
    keep === 'here'
      ? `state = 'pending', attempts = 0, error_code = NULL, error = NULL, finished_at = NULL, created_at = now()`
      : `state = 'superseded', hash = NULL, expected = NULL, finished_at = now()`;
  const [rows] = await tx.query<[DecidedWriteBack[], number]>(
    `UPDATE write_backs SET ${change}, updated_at = now() FROM providers provider
     WHERE provider.id = write_backs.provider_id AND ${IN_CONFLICT}
       AND ($1::uuid[] IS NULL OR write_backs.id = ANY ($1)) AND ($2 OR hash IS NOT NULL)
     RETURNING write_backs.id, write_backs.profile_id AS "profileId", provider.name AS provider`,
    [ids, keep === 'provider'],
  );
  return rows;
}
