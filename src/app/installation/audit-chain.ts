import { readChainKey, type ChainKey } from '../../kernel/chain-key.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Keyring } from '../../kernel/keyring.ts';
import { chainKeyOf, lockChain } from '../../store/operators/append-audit.ts';
import { readAuditHead, readLastEntry, type AuditHead } from '../../store/operators/read-audit.ts';
import { changeAuditKey, listAuditKeys, type RetiredAuditKey } from '../../store/installation/audit-keys.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';

/** What a retired key of the audit log is bound to when sealed. */
export function auditKeyBinding(keyId: string): string {
  return `audit_keys/key/${keyId}`;
}

/** A key of the log, and whether another has taken its place. */
export interface AuditChainKey {
  /** Null when nobody has it any more. */
  readonly key: ChainKey | null;
  readonly retired: boolean;
}

/**
 * Every key that entries of the log may be chained with: those it was chained with
 * once, the oldest first, and those in force.
 */
export async function auditChainKeys({
  store,
  keyring,
}: Pick<AppContext, 'store' | 'keyring'>): Promise<readonly AuditChainKey[]> {
  const retired = await listAuditKeys(store.read);
  const known = new Set(retired.map(({ keyId }) => keyId));
  const others = keyring.chainKeys.filter(({ keyId }) => !known.has(keyId)).toReversed();
  return [
    ...retired.map((one) => ({ key: openRetired(keyring, one), retired: true })),
    ...others.map((key) => ({ key, retired: false })),
  ];
}

function openRetired(keyring: Keyring, { keyId, sealed }: RetiredAuditKey): ChainKey | null {
  const here = keyring.chainKeys.find((key) => key.keyId === keyId);
  if (here !== undefined || sealed === null) return here ?? null;
  try {
    return readChainKey(keyId, keyring.open(sealed, auditKeyBinding(keyId)));
  } catch (error) {
    if (error instanceof AppError && error.code === 'SECRET_UNREADABLE') return null;
    throw error;
  }
}

/**
 * Has the audit log go on with the present key from its next entry on, as part of a
 * transaction. The key before is kept, sealed, so that its entries can be verified
 * when nobody has the installation key any more that it comes from.
 *
 * @param acceptLoss go on also when nobody has the key before: its entries cannot be verified then.
 * @returns whether the key is another one now.
 * @throws AppError `SECRET_KEY_OUTDATED` when the key before is not here, `SECRET_KEY_USED` when the present one was in force once.
 */
export async function rotateAuditKey(
  { keyring }: Pick<AppContext, 'keyring'>,
  tx: Transaction,
  acceptLoss: boolean,
): Promise<boolean> {
  await lockChain(tx);
  const head = await readAuditHead(tx);
  if (head?.keyId === keyring.keyId) return false;
  if ((await listAuditKeys(tx)).some(({ keyId }) => keyId === keyring.keyId)) throw usedBefore(keyring.keyId);
  const lost = acceptLoss ? lostKey(keyring, head) : null;
  const before = lost ?? sealedChainKey(keyring, chainKeyOf(keyring, head, await readLastEntry(tx)));
  const changed = before.keyId !== keyring.keyId;
  await changeAuditKey(tx, changed ? before : null, keyring.keyId);
  return changed;
}

/** The key that the log goes on with, when it is not here. */
function lostKey(keyring: Keyring, head: AuditHead | null): RetiredAuditKey | null {
  const keyId = head?.keyId ?? null;
  return keyId === null || keyring.keyIds.includes(keyId) ? null : { keyId, sealed: null };
}

function sealedChainKey(keyring: Keyring, key: ChainKey): RetiredAuditKey {
  return { keyId: key.keyId, sealed: keyring.seal(key.reveal(), auditKeyBinding(key.keyId)) };
}

function usedBefore(keyId: string): AppError {
  return new AppError({
    kind: 'invalid',
    code: 'SECRET_KEY_USED',
    message: `The key ${keyId} was in force before, and another took its place.`,
    remedy: 'Make a new one: openssl rand -base64 32',
  });
}
