import { sameBytes } from '../../kernel/keyring.ts';
import { auditText, sealAuditHead } from '../../store/operators/append-audit.ts';
import { readAuditChain, readAuditHead, type ChainedAuditEntry } from '../../store/operators/read-audit.ts';
import type { AppContext } from '../context.ts';
import { auditChainKeys, type AuditChainKey } from '../installation/audit-chain.ts';
import { anchorText, notedAnchors, type AuditAnchor } from './audit-anchor.ts';

export type AuditFaultCode =
  | 'AUDIT_ENTRY_CHANGED'
  | 'AUDIT_ENTRIES_MISSING'
  | 'AUDIT_CUT_OFF'
  | 'AUDIT_REWRITTEN'
  | 'AUDIT_HEAD_CHANGED'
  | 'AUDIT_KEY_MISSING';

export interface AuditFault {
  readonly code: AuditFaultCode;
  /** Where: the number of the entry it is about. */
  readonly seq: string;
  readonly message: string;
}

export interface AuditReport {
  readonly entries: number;
  /** The first thousand, in the order of the log. */
  readonly faults: readonly AuditFault[];
  /** How many notes of its length, from outside of the store, the log was compared with. */
  readonly anchors: number;
  /** The present end, to be kept elsewhere; null for an empty log. */
  readonly anchor: string | null;
}

const PAGE = 5_000;
const MOST_FAULTS = 1_000;

/**
 * Follows the chain from the first entry to the last. Finds entries that were
 * edited, moved, forged or removed, and an end that was cut off: by the sealed
 * head in the store, and by anchors that were noted outside of it.
 *
 * @param given anchors that somebody kept, besides those of the data directory.
 */
export async function verifyAudit(
  context: Pick<AppContext, 'store' | 'keyring' | 'settings'>,
  given: readonly AuditAnchor[] = [],
): Promise<AuditReport> {
  const { read } = context.store;
  const anchors = [...(await notedAnchors(context)), ...given];
  // Before the entries: what is added meanwhile makes the log longer than its head, never shorter.
  const head = await readAuditHead(read);
  const check = new ChainCheck({ anchors, head, keys: await auditChainKeys(context) });
  for (;;) {
    const page = await readAuditChain(read, String(check.last.seq), PAGE);
    for (const entry of page) check.take(entry);
    if (page.length < PAGE) break;
  }
  check.finish();
  const { entries, faults, last } = check;
  return {
    entries,
    faults,
    anchors: anchors.length,
    anchor: entries === 0 ? null : anchorText(last),
  };
}

type Head = Awaited<ReturnType<typeof readAuditHead>>;

class ChainCheck {
  /** The key that the entries are chained with here, and those that may come after it: none comes back. */
  #key: AuditChainKey | null = null;
  #others: readonly AuditChainKey[];
  /** Whether the entry before could not be verified for want of a key. */
  #unverified = false;
  readonly #at = new Map<bigint, Buffer[]>();
  readonly #longest: bigint;
  readonly #head: Head;
  readonly faults: AuditFault[] = [];
  last: AuditAnchor = { seq: 0n, chain: Buffer.alloc(0) };
  entries = 0;

  constructor(about: {
    readonly anchors: readonly AuditAnchor[];
    readonly head: Head;
    readonly keys: readonly AuditChainKey[];
  }) {
    this.#others = about.keys;
    for (const { seq, chain } of about.anchors) this.#at.set(seq, [...(this.#at.get(seq) ?? []), chain]);
    this.#longest = about.anchors.reduce((most, { seq }) => (seq > most ? seq : most), 0n);
    this.#head = about.head;
  }

  take(entry: ChainedAuditEntry): void {
    const seq = BigInt(entry.seq);
    const { chain } = entry;
    const expected = this.last.seq + 1n;
    if (seq !== expected)
      this.#fault(
        'AUDIT_ENTRIES_MISSING',
        expected,
        `${String(seq - expected)} entries are gone from here on`,
      );
    else this.#verify(seq, entry);
    this.#compare(seq, chain);
    this.entries += 1;
    this.last = { seq, chain };
  }

  /** Entries whose key nobody has are told once, where they begin. */
  #verify(seq: bigint, entry: ChainedAuditEntry): void {
    const follows = this.#follows(entry);
    const missing = !follows && this.#others.some(({ key }) => key === null);
    if (missing && !this.#unverified)
      this.#fault(
        'AUDIT_KEY_MISSING',
        seq,
        'from here on the key is missing that tells whether this is what was written',
      );
    if (!follows && !missing)
      this.#fault('AUDIT_ENTRY_CHANGED', seq, 'this is not what was written at this place');
    this.#unverified = missing;
  }

  #follows({ seq, at: time, chain, ...entry }: ChainedAuditEntry): boolean {
    const text = auditText(BigInt(seq), time, entry);
    const fits = ({ key }: AuditChainKey): boolean =>
      key !== null && sameBytes(key.link(this.last.chain, text), chain);
    if (this.#key !== null && fits(this.#key)) return true;
    const at = this.#others.findIndex(fits);
    if (at === -1) return false;
    this.#key = this.#others[at] ?? null;
    this.#others = this.#others.slice(at + 1);
    return true;
  }

  finish(): void {
    const { last } = this;
    const longest = this.#longest;
    const head = BigInt(this.#head?.seq ?? 0);
    if (this.#head === null)
      this.#fault('AUDIT_HEAD_CHANGED', last.seq, 'the store no longer says where the log ends');
    const most = longest > head ? longest : head;
    if (most <= last.seq) return;
    const witness = longest > last.seq ? 'an anchor outside of the store' : 'the store itself';
    const message = `${String(most - last.seq)} entries at the end are gone, says ${witness}`;
    this.#fault('AUDIT_CUT_OFF', last.seq + 1n, message);
  }

  /** What is known of this place from elsewhere. */
  #compare(seq: bigint, chain: Buffer): void {
    if ((this.#at.get(seq) ?? []).some((noted) => !sameBytes(noted, chain)))
      this.#fault('AUDIT_REWRITTEN', seq, 'this is not the entry that was here when its anchor was noted');
    if (this.#head?.seq !== String(seq)) return;
    // Without a seal: entries of a version that made none, until the next entry; or somebody took it away.
    if (!this.#sealed(seq, chain))
      this.#fault('AUDIT_HEAD_CHANGED', seq, 'what the store says about the end of the log does not fit it');
  }

  /** Whether the head was sealed with a key that is in force: one that was retired says nothing any more. */
  #sealed(seq: bigint, chain: Buffer): boolean {
    const { key, retired } = this.#key ?? { key: null, retired: true };
    if (key === null || retired) return false;
    return sameBytes(sealAuditHead(key, seq, chain), this.#head?.seal ?? Buffer.alloc(0));
  }

  #fault(code: AuditFaultCode, seq: bigint, message: string): void {
    if (this.faults.length < MOST_FAULTS) this.faults.push({ code, seq: String(seq), message });
  }
}
