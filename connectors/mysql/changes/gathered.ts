import type { RecordKey } from '../../contract/record.ts';
import type { KeyColumn } from '../key-column.ts';
import { keyOfRow, type LogRow } from './log-keys.ts';
import type { LogItem, LogPlace } from './log-item.ts';
import { changesWholeTable } from './log-statement.ts';

/** Records of a batch: keys from the log, read again from the table. */
const BATCH = 500;
const LARGEST_BATCH = 2_000;
/** Keys that are remembered of one prepared transaction; of more, the whole table counts as changed. */
const MOST_PREPARED = 100_000;

/** A part of what was heard. */
export interface Heard {
  readonly keys: readonly RecordKey[];
  /** Whether everything may have changed. */
  readonly reset: boolean;
  /** Null inside a transaction, where there is no position to go on from. */
  readonly position: string | null;
  /** What others have to see before the keys are looked up. */
  readonly place: LogPlace | null;
}

/** What was heard since the last batch. Pure. */
export class Gathered {
  readonly #table: { readonly database: string; readonly table: string };
  readonly #columns: readonly KeyColumn[];
  readonly #keys = new Set<RecordKey>();
  /** By transaction; null: too many. */
  readonly #prepared = new Map<string, Set<RecordKey> | null>();
  #preparing: string | null = null;
  /** Whether the transaction has named the table. */
  #named = false;
  #reset = false;
  #position: string | null = null;
  #told: string | null = null;
  /** Whether something was heard that no position covers yet. */
  #open = false;
  #begun: LogPlace | null = null;
  #place: LogPlace | null = null;

  constructor(table: { readonly database: string; readonly table: string }, columns: readonly KeyColumn[]) {
    this.#table = table;
    this.#columns = columns;
  }

  /** Something to tell, or a position that has moved. */
  get hasNews(): boolean {
    return this.#keys.size > 0 || this.#reset || (this.#position !== null && this.#position !== this.#told);
  }

  /** Between transactions rather than inside of one. */
  get isFull(): boolean {
    return this.#keys.size >= (this.#open ? LARGEST_BATCH : BATCH);
  }

  add(item: LogItem): void {
    switch (item.kind) {
      case 'rows': {
        this.#addRows(item.rows);
        return;
      }
      case 'prepare': {
        this.#prepare(item.xid);
        return;
      }
      case 'prepared': {
        this.#end(item);
        return;
      }
      case 'table':
        this.#named = true;
        return;
      case 'statement':
      case 'unreadable':
        if (this.#isWhole(item)) this.#changeAll();
        return;
      case 'begin':
        this.#begin(item.place);
        {
          this.#cover(item.position);
          return;
        }
      case 'commit':
      case 'idle':
        this.#cover(item.position);
    }
  }

  /** At most one batch; what is left, and the position, come with later ones. */
  take(): Heard {
    const keys = [...this.#keys].slice(0, LARGEST_BATCH);
    for (const key of keys) this.#keys.delete(key);
    const position = this.#open || this.#keys.size > 0 ? null : this.#position;
    const heard = { keys, reset: this.#reset, position, place: this.#place };
    this.#reset = false;
    this.#told = position ?? this.#told;
    return heard;
  }

  #addRows(rows: readonly LogRow[]): void {
    this.#open = true;
    const keys = rows.flatMap((row) => keyOfRow(row, this.#columns) ?? []);
    if (this.#preparing === null) this.#addKeys(keys);
    else this.#remember(this.#preparing, keys);
  }

  #begin(place: LogPlace): void {
    this.#begun = place;
    this.#preparing = null;
    this.#named = false;
  }

  #prepare(xid: string): void {
    this.#preparing = xid;
    this.#prepared.set(xid, new Set());
  }

  #isWhole(item: Extract<LogItem, { kind: 'statement' | 'unreadable' }>): boolean {
    if (item.kind === 'statement') return changesWholeTable(item.text, this.#table);
    return item.what === 'transaction' || this.#named;
  }

  #addKeys(keys: Iterable<RecordKey>): void {
    this.#place = this.#begun;
    for (const key of keys) this.#keys.add(key);
  }

  #remember(xid: string, keys: readonly RecordKey[]): void {
    const prepared = this.#prepared.get(xid) ?? null;
    if (prepared === null) return;
    for (const key of keys) prepared.add(key);
    if (prepared.size > MOST_PREPARED) this.#prepared.set(xid, null);
  }

  /** What was prepared before we began to read is not known. */
  #end({ xid, committed }: { readonly xid: string; readonly committed: boolean }): void {
    const prepared = this.#prepared.get(xid) ?? null;
    this.#prepared.delete(xid);
    this.#preparing = null;
    if (!committed) return;
    this.#open = true;
    if (prepared === null) this.#changeAll();
    else this.#addKeys(prepared);
  }

  #changeAll(): void {
    this.#open = true;
    this.#reset = true;
  }

  #cover(position: string): void {
    this.#open = false;
    this.#position = position;
  }
}
