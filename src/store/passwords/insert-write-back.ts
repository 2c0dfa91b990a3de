import type { Transaction } from '../transaction.ts';

export interface NewWriteBack {
  readonly id: string;
  readonly providerId: string;
  readonly profileId: string;
  readonly recordKey: string;
  /** Sealed; see WriteBackRow. */
  readonly hash: Buffer;
  readonly expected: Buffer | null;
}

export async function insertWriteBack(tx: Transaction, writeBack: NewWriteBack): Promise<void> {
  await tx.query(
    `INSERT INTO write_backs (id, provider_id, profile_id, record_key, hash, expected)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      writeBack.id,
      writeBack.providerId,
      writeBack.profileId,
      writeBack.recordKey,
      writeBack.hash,
      writeBack.expected,
    ],
  );
}
