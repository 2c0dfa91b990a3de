import type { Transaction } from '../transaction.ts';

/** Keeps a secret that has yet to be proven. @param sealed binding `operators/second_factor/<id>`. */
export async function proposeSecondFactor(
  tx: Transaction,
  operatorId: string,
  sealed: Buffer,
): Promise<void> {
  await tx.query(
    `UPDATE operators SET second_factor = $2, second_factor_since = NULL, second_factor_step = NULL, updated_at = now()
     WHERE id = $1`,
    [operatorId, sealed],
  );
}

/** From now on sign-ins take a code. Earlier recovery codes are forgotten. */
export async function confirmSecondFactor(
  tx: Transaction,
  operatorId: string,
  about: { readonly step: number; readonly codeHashes: readonly Buffer[] },
): Promise<void> {
  await tx.query(
    `UPDATE operators SET second_factor_since = now(), second_factor_step = $2, updated_at = now() WHERE id = $1`,
    [operatorId, about.step],
  );
  await replaceRecoveryCodes(tx, operatorId, about.codeHashes);
}

/** Earlier ones are good no more. */
export async function replaceRecoveryCodes(
  tx: Transaction,
  operatorId: string,
  codeHashes: readonly Buffer[],
): Promise<void> {
  await tx.query('DELETE FROM operator_recovery_codes WHERE operator_id = $1', [operatorId]);
  await tx.query(
    `INSERT INTO operator_recovery_codes (operator_id, code_hash) SELECT $1, unnest($2::bytea[])`,
    [operatorId, codeHashes],
  );
}

export async function removeSecondFactor(tx: Transaction, operatorId: string): Promise<void> {
  await tx.query(
    `UPDATE operators SET second_factor = NULL, second_factor_since = NULL, second_factor_step = NULL, updated_at = now()
     WHERE id = $1`,
    [operatorId],
  );
  await tx.query('DELETE FROM operator_recovery_codes WHERE operator_id = $1', [operatorId]);
}

/** Notes that the code of a time step was taken. @returns false when it, or a later one, was taken before. */
export async function takeStep(tx: Transaction, operatorId: string, step: number): Promise<boolean> {
  const [, count] = await tx.query<[unknown, number]>(
    `UPDATE operators SET second_factor_step = $2
     WHERE id = $1 AND coalesce(second_factor_step, -1) < $2`,
    [operatorId, step],
  );
  return count === 1;
}

/** @returns false for a code that is unknown or was used before. */
export async function takeRecoveryCode(
  tx: Transaction,
  operatorId: string,
  codeHash: Buffer,
): Promise<boolean> {
  const [, count] = await tx.query<[unknown, number]>(
    `UPDATE operator_recovery_codes SET used_at = now()
     WHERE operator_id = $1 AND code_hash = $2 AND used_at IS NULL`,
    [operatorId, codeHash],
  );
  return count === 1;
}

export async function countRecoveryCodes(tx: Transaction, operatorId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }[]>(
    'SELECT count(*)::int AS count FROM operator_recovery_codes WHERE operator_id = $1 AND used_at IS NULL',
    [operatorId],
  );
  return row?.count ?? 0;
}
