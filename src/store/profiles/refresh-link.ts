import type { SeenFlags } from '../../domain/mapping/seen-flags.ts';
import type { Transaction } from '../transaction.ts';

export interface RefreshedLink {
  readonly id: string;
  /** 32 hexadecimal digits. */
  readonly fingerprint: string;
  readonly seen: SeenFlags;
}

/** Remembers a record as it is after our own write, so that the next run does not mistake the write for a change. */
export async function refreshLink(tx: Transaction, link: RefreshedLink): Promise<void> {
  await tx.query(
    `UPDATE links SET fingerprint = decode($2, 'hex'), seen_force_reset = $3, seen_pre_registration = $4,
            updated_at = now()
     WHERE id = $1`,
    [link.id, link.fingerprint, link.seen.forceReset, link.seen.preRegistration],
  );
}
