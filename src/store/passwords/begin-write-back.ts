import type { LinkRow, ProviderRow } from '../entities/directory.ts';
import type { EffectiveCredential } from '../entities/access.ts';
import type { WriteBackRow } from '../entities/effects.ts';
import type { Transaction } from '../transaction.ts';

export type WriteBackToDeliver = Pick<WriteBackRow, 'id' | 'profileId' | 'hash' | 'expected' | 'attempts'> & {
  /** Where the person's record is now: it may have moved since the write-back was asked for. */
  readonly recordKey: string;
  /** When the person set the password here. */
  readonly setAt: Date;
  readonly provider: Pick<ProviderRow, 'id' | 'name' | 'definition' | 'password'>;
  readonly link: Pick<LinkRow, 'id' | 'advanced'> | null;
  readonly effective: EffectiveCredential;
  /** Sealed, as the provider held it when we saw it last. */
  readonly providerHash: Buffer | null;
  readonly ageHours: number;
};

interface Row {
  id: string;
  profileId: string;
  recordKey: string;
  hash: Buffer | null;
  expected: Buffer | null;
  attempts: number;
  setAt: Date;
  providerId: string;
  providerName: string;
  definition: ProviderRow['definition'];
  providerPassword: Buffer | null;
  linkId: string | null;
  advanced: string | null;
  effective: EffectiveCredential | null;
  providerHash: Buffer | null;
  ageHours: number;
}

/** Counts an attempt at a pending write-back. @returns null when it has ended, was superseded, or is gone. */
export async function beginWriteBack(tx: Transaction, id: string): Promise<WriteBackToDeliver | null> {
  const [begun] = await tx.query<[{ id: string }[], number]>(
    `UPDATE write_backs SET attempts = attempts + 1, updated_at = now()
     WHERE id = $1 AND state = 'pending' RETURNING id`,
    [id],
  );
  if (begun.length === 0) return null;
  const rows = await tx.query<Row[]>(
    `SELECT write_back.id, write_back.profile_id AS "profileId",
            coalesce(link.record_key, write_back.record_key) AS "recordKey",
            coalesce(credential.set_at, write_back.created_at) AS "setAt",
            write_back.hash, write_back.expected, write_back.attempts,
            extract(epoch FROM now() - write_back.created_at)::float8 / 3600 AS "ageHours",
            provider.id AS "providerId", provider.name AS "providerName", provider.definition,
            provider.password AS "providerPassword", link.id AS "linkId", link.advanced,
            credential.effective, credential.provider_hash AS "providerHash"
     FROM write_backs write_back
     JOIN providers provider ON provider.id = write_back.provider_id
     LEFT JOIN links link ON link.provider_id = write_back.provider_id AND link.profile_id = write_back.profile_id
     LEFT JOIN credentials credential ON credential.profile_id = write_back.profile_id
     WHERE write_back.id = $1`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { providerId, providerName, definition, providerPassword, linkId, advanced, effective, ...rest } =
    row;
  return {
    ...rest,
    provider: { id: providerId, name: providerName, definition, password: providerPassword },
    link: linkId === null ? null : { id: linkId, advanced },
    effective: effective ?? 'none',
  };
}
