import type { Pgoutput } from 'pg-logical-replication';
import { parseLsn } from './log-position.ts';
import type { LogMessage } from './log-stream.ts';

/** Records that are read again at once. */
const FULL = 500;

/** A tuple as the parser makes it: text, null, or absent where the value is unchanged and kept elsewhere. */
type Tuple = Readonly<Record<string, string | null | undefined>>;

export interface Settled {
  readonly reset: boolean;
  /** As the server prints them, in order of the log. */
  readonly keys: readonly (readonly string[])[];
  /** The transactions that wrote them, by the lower 32 bits of their numbers. */
  readonly xids: readonly number[];
  /** Null inside a transaction. */
  readonly lsn: string | null;
}

/** What says where in the log we are, or concerns no single record. */
type Moving = Exclude<
  LogMessage,
  Pgoutput.MessageInsert | Pgoutput.MessageUpdate | Pgoutput.MessageDelete | Pgoutput.MessageRelation
>;

/** Gathers what the log says until it is worth reading the records. No I/O. */
export class LogBatch {
  readonly #key: readonly string[];
  readonly #table: number;
  #keys = new Map<string, readonly string[]>();
  #xids = new Set<number>();
  #xid: number | null = null;
  #reset = false;
  /** Something was told inside a transaction, whose end has still to be. */
  #owing = false;
  #lsn: string;
  #told: string;
  #toldAt = performance.now();
  readonly #idleMs: number;
  #columns = '';

  /** @param from `idleMs`: an empty checkpoint lets the server discard the log of other tables; so often one is worth storing. */
  constructor(
    key: readonly string[],
    from: { readonly oid: string; readonly lsn: string; readonly idleMs: number },
  ) {
    this.#idleMs = from.idleMs;
    this.#key = key;
    this.#table = Number(from.oid);
    this.#lsn = from.lsn;
    this.#told = from.lsn;
  }

  get full(): boolean {
    return this.#keys.size >= FULL;
  }

  /** Whole transactions with changes at once, and how far the server has looked now and then. */
  get worthTelling(): boolean {
    if (this.#xid !== null) return false;
    if (this.#keys.size > 0 || this.#reset || this.#owing) return true;
    const moved = parseLsn(this.#lsn) > parseLsn(this.#told);
    return moved && performance.now() - this.#toldAt >= this.#idleMs;
  }

  /** @returns whether the table's columns are not what they were. */
  add(message: LogMessage): boolean {
    if (message.tag === 'relation')
      return this.#isOurs(message.relationOid) && this.#describe(message.columns);
    if ('relation' in message) this.#change(message);
    else this.#move(message);
    return false;
  }

  take(): Settled {
    const settled = {
      reset: this.#reset,
      keys: [...this.#keys.values()],
      xids: [...this.#xids],
      lsn: this.#xid === null ? this.#lsn : null,
    };
    this.#keys = new Map();
    this.#xids = new Set();
    this.#reset = false;
    this.#owing = settled.lsn === null;
    if (settled.lsn !== null) {
      this.#told = settled.lsn;
      this.#toldAt = performance.now();
    }
    return settled;
  }

  #change(message: Pgoutput.MessageInsert | Pgoutput.MessageUpdate | Pgoutput.MessageDelete): void {
    const { relationOid } = message.relation;
    const old: Tuple | null = message.tag === 'insert' ? null : (message.key ?? message.old);
    this.#remember(relationOid, old, null);
    if (message.tag !== 'delete') this.#remember(relationOid, message.new, old);
  }

  #move(message: Moving): void {
    if (message.tag === 'begin') this.#xid = message.xid >>> 0;
    else if (message.tag === 'commit') {
      this.#xid = null;
      this.#moveTo(message.commitEndLsn ?? this.#lsn);
    } else if (message.tag === 'truncate') {
      if (message.relations.some(({ relationOid }) => this.#isOurs(relationOid))) this.#truncate();
    } // Inside a transaction the place the server names is not between commits.
    else if (message.tag === 'idle' && this.#xid === null) this.#moveTo(message.lsn);
  }

  /** What was read before a truncation is gone; what comes after it in the log is not. */
  #truncate(): void {
    this.#reset = true;
    this.#touch();
  }

  #remember(oid: number, tuple: Tuple | null, old: Tuple | null): void {
    if (tuple === null || !this.#isOurs(oid)) return;
    const parts = this.#key.map((name) => tuple[name] ?? old?.[name] ?? null);
    // A record without a whole key is no record.
    if (parts.some((part) => part === null)) return;
    this.#keys.set(JSON.stringify(parts), parts as readonly string[]);
    this.#touch();
  }

  #touch(): void {
    if (this.#xid !== null) this.#xids.add(this.#xid);
  }

  #describe(columns: readonly { readonly name: string; readonly typeOid: number }[]): boolean {
    const now = columns.map(({ name, typeOid }) => `${name} ${String(typeOid)}`).join();
    const changed = this.#columns !== '' && this.#columns !== now;
    this.#columns = now;
    return changed;
  }

  #moveTo(lsn: string): void {
    if (parseLsn(lsn) > parseLsn(this.#lsn)) this.#lsn = lsn;
  }

  #isOurs(oid: number): boolean {
    return oid >>> 0 === this.#table;
  }
}
