import type { ChainKey } from '../../kernel/chain-key.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Keyring } from '../../kernel/keyring.ts';
import type { Transaction } from '../transaction.ts';
import { readAuditHead, readLastEntry, type AuditHead } from './read-audit.ts';

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
 *
 * The key of the chain is the one that the head of the log names, so that
 * processes with different present keys write one log; only a rotation
 * changes it.
 *
 * @throws AppError `SECRET_KEY_OUTDATED` when that key is not among ours.
 */
export async function appendAudit(tx: Transaction, keyring: Keyring, entry: NewAuditEntry): Promise<void> {
  await lockChain(tx);
  const last = await readLastEntry(tx);
  const key = chainKeyOf(keyring, await readAuditHead(tx), last);
  const [time] = await tx.query<{ at: string }[]>(
    `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`,
  );
  const seq = BigInt(last?.seq ?? 0) + 1n;
  const at = time?.at ?? '';
  const chain = key.link(last?.chain ?? Buffer.alloc(0), auditText(seq, at, entry));
  await tx.query(
    `INSERT INTO audit_entries (seq, at, actor, action, subject, detail, chain) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [String(seq), at, entry.actor, entry.action, entry.subject, JSON.stringify(entry.detail), chain],
  );
  await tx.query(
    `INSERT INTO audit_head (seq, seal, key_id) VALUES ($1, $2, $3)
     ON CONFLICT (one) DO UPDATE SET seq = EXCLUDED.seq, seal = EXCLUDED.seal, key_id = EXCLUDED.key_id`,
    [String(seq), sealAuditHead(key, seq, chain), key.keyId],
  );
}

/** Nobody adds an entry until the transaction ends. */
export async function lockChain(tx: Transaction): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [CHAIN_LOCK]);
}

/** Says how long the log is, in a way that nobody without the key can say; it does not say that nobody put an older one back. */
export function sealAuditHead(key: ChainKey, seq: bigint, chain: Buffer): Buffer {
  return key.link(Buffer.from('head'), `${String(seq)}|${chain.toString('hex')}`);
}

/**
 * The key that the log goes on with: the one its head names. A head from before
 * heads named keys is known by its seal; a log without one begins with the present key.
 */
export function chainKeyOf(
  keyring: Keyring,
  head: AuditHead | null,
  last: { readonly seq: string; readonly chain: Buffer } | null,
): ChainKey {
  const [present] = keyring.chainKeys;
  if (head === null) return present;
  if (head.keyId === null) {
    const { seal } = head;
    if (seal === null || last === null) return present;
    const fits = (key: ChainKey): boolean => sealAuditHead(key, BigInt(last.seq), last.chain).equals(seal);
    return keyring.chainKeys.find(fits) ?? present;
  }
  const named = keyring.chainKeys.find(({ keyId }) => keyId === head.keyId);
  if (named === undefined) throw outdated(head.keyId);
  return named;
}

function outdated(keyId: string): AppError {
  return new AppError({
    kind: 'unavailable',
    code: 'SECRET_KEY_OUTDATED',
    message: `The audit log of this installation goes on with the key ${keyId}, which this process does not have.`,
    remedy: 'Start it with that key. When nobody has it any more: tributary secret-key reseal --accept-loss.',
  });
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
