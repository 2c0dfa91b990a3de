import type { Transaction } from '../transaction.ts';

/** An answer as it was given the first time. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type ClaimedKey =
  /** Carry the request out, then keep its answer. */
  | { readonly state: 'claimed' }
  /** Somebody carries it out just now. */
  | { readonly state: 'under-way' }
  /** The key was used for something else. */
  | { readonly state: 'other' }
  | { readonly state: 'answered'; readonly answer: KeptAnswer };

/** Longer than any request takes; after it a process that died has let go. */
const LEASE_SECONDS = 90;

export interface KeyClaim {
  readonly caller: string;
  readonly key: string;
  /** SHA-256 of what is asked. */
  readonly requestHash: Buffer;
}

/** Takes a key for one request; of any number at once one succeeds. */
export async function claimKey(tx: Transaction, claim: KeyClaim): Promise<ClaimedKey> {
  const [claimed] = await tx.query<unknown[]>(
    `INSERT INTO idempotency_keys AS kept (caller, key, request_hash, lease_until)
     VALUES ($1, $2, $3, now() + make_interval(secs => $4))
     ON CONFLICT (caller, key) DO UPDATE SET lease_until = EXCLUDED.lease_until
       WHERE kept.status IS NULL AND kept.lease_until < now() AND kept.request_hash = EXCLUDED.request_hash
     RETURNING 1`,
    [claim.caller, claim.key, claim.requestHash, LEASE_SECONDS],
  );
  if (claimed !== undefined) return { state: 'claimed' };
  const [row] = await tx.query<
    { same: boolean; status: number | null; headers: Record<string, string>; body: string }[]
  >(
    `SELECT request_hash = $3 AS same, status, coalesce(headers, '{}') AS headers, coalesce(body, '') AS body
     FROM idempotency_keys WHERE caller = $1 AND key = $2`,
    [claim.caller, claim.key, claim.requestHash],
  );
  // Let go between the two statements: whoever asks again gets it.
  if (row === undefined) return { state: 'under-way' };
  if (!row.same) return { state: 'other' };
  const { status, headers, body } = row;
  return status === null ? { state: 'under-way' } : { state: 'answered', answer: { status, headers, body } };
}

export async function keepAnswer(tx: Transaction, claim: KeyClaim, answer: KeptAnswer): Promise<void> {
  await tx.query(
    `UPDATE idempotency_keys SET status = $3, headers = $4, body = $5 WHERE caller = $1 AND key = $2`,
    [claim.caller, claim.key, answer.status, JSON.stringify(answer.headers), answer.body],
  );
}

/** Nothing was done: the key is as good as new. */
export async function releaseKey(tx: Transaction, claim: KeyClaim): Promise<void> {
  await tx.query('DELETE FROM idempotency_keys WHERE caller = $1 AND key = $2 AND status IS NULL', [
    claim.caller,
    claim.key,
  ]);
}
