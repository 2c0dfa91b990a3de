import type { Keyring } from '../../kernel/keyring.ts';
import type { Transaction } from '../transaction.ts';

export interface NewAuditEntry {
  /** Who did it, as the operator is known: an operator's name, or `cli:<login name>`. */
  readonly actor: string;
  /** What was done: `provider.apply`, `run.approve`, `profile.set`, … */
  readonly action: string;
  /** To whom or what: a provider's name, a profile's id, a run's id. */
  readonly subject: string;
  /** Never a secret. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** 6177446 is "audit" on a keypad's rows; it only has to be the same everywhere. */
const CHAIN_LOCK = 6177446;

/**
 * Adds one entry in the transaction of the action itself: if the entry cannot be
 * written, the action does not happen. Entries are chained in commit order; a
 * lock held until the commit keeps the chain single.
 */
export async function appendAudit(tx: Transaction, keyring: Keyring, entry: NewAuditEntry): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [CHAIN_LOCK]);
  const rows = await tx.query<{ seq: string; chain: Buffer; at: string }[]>(
    `SELECT seq, chain FROM audit_entries ORDER BY seq DESC LIMIT 1`,
  );
  const [time] = await tx.query<{ at: string }[]>(
    `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`,
  );
  const seq = BigInt(rows[0]?.seq ?? 0) + 1n;
  const at = time?.at ?? '';
  const chain = keyring.chain(rows[0]?.chain ?? Buffer.alloc(0), auditText(seq, at, entry));
  await tx.query(
    `INSERT INTO audit_entries (seq, at, actor, action, subject, detail, chain) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [String(seq), at, entry.actor, entry.action, entry.subject, JSON.stringify(entry.detail), chain],
  );
  await tx.query(
    `INSERT INTO audit_head (seq, seal) VALUES ($1, $2)
     ON CONFLICT (one) DO UPDATE SET seq = EXCLUDED.seq, seal = EXCLUDED.seal`,
    [String(seq), sealAuditHead(keyring, seq, chain)],
  );
}

/** Says how long the log is, in a way that nobody without the key can say; it does not say that nobody put an older one back. */
export function sealAuditHead(keyring: Keyring, seq: bigint, chain: Buffer): Buffer {
  return keyring.chain(Buffer.from('head'), `${String(seq)}|${chain.toString('hex')}`);
}

/** The text an entry's chain value is made of; verification builds the same. Keys of `detail` are sorted, as jsonb forgets their order. */
export function auditText(seq: bigint, at: string, entry: NewAuditEntry): string {
  return JSON.stringify([
    String(seq),
    at,
    entry.actor,
    entry.action,
    entry.subject,
    sorted(asStored(entry.detail)),
  ]);
}

/** What the store gives back: dates are text there, and what is undefined is not there. */
function asStored(detail: NewAuditEntry['detail']): unknown {
  return JSON.parse(JSON.stringify(detail));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
