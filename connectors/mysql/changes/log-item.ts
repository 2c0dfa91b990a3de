import type { BinlogEvent, MariadbGtidEvent, QueryEvent, RowsEvent, XaPrepareEvent } from '@vlasky/zongji';
import type { LogRow } from './log-keys.ts';

/** Where a transaction begins in the log. */
export interface LogPlace {
  readonly gtid: string;
  readonly file: string;
  /** Between its first byte and its last. */
  readonly offset: number;
}

/** What a reader of the log has to know. */
export type LogItem =
  | { readonly kind: 'rows'; readonly rows: readonly LogRow[] }
  | { readonly kind: 'statement'; readonly text: string }
  /** Rows that follow count when the transaction `xid` is committed, in a later transaction of the log (XA). */
  | { readonly kind: 'prepare'; readonly xid: string }
  | { readonly kind: 'prepared'; readonly xid: string; readonly committed: boolean }
  /** Rows of the table may follow. */
  | { readonly kind: 'table' }
  /** Something that cannot be decoded: a whole transaction, or rows of a table named before. */
  | { readonly kind: 'unreadable'; readonly what: 'transaction' | 'rows' }
  /** A transaction begins; everything up to `position` has been told. */
  | { readonly kind: 'begin'; readonly position: string; readonly place: LogPlace }
  /** Everything up to `position` has been told. */
  | { readonly kind: 'commit'; readonly position: string }
  /** The server has nothing to tell, and is there. */
  | { readonly kind: 'idle'; readonly position: string };

/** Names of events for the driver. */
export const EVENTS = [
  'tablemap',
  'writerows',
  'updaterows',
  'deleterows',
  'query',
  'xid',
  'xaprepare',
  'heartbeat',
  'mariadbgtid',
  'gtid',
  'transactionpayload',
  'partialupdaterows',
];

/** How the transactions of XA are named in statements of the log, whatever was written: `X'61',X'',1`. */
const XA = /^\s*XA\s+(START|COMMIT|ROLLBACK)\s+(X'[0-9a-f]*',X'[0-9a-f]*',\d+)\s*$/i;

/** Everything that was told before an event, and the file that it is in. */
interface Before {
  readonly position: string;
  readonly file: string;
}

/** By type of the event; what is not here changes nothing. */
const ITEMS: Readonly<Record<string, (event: BinlogEvent, before: Before) => readonly LogItem[]>> = {
  TableMap: () => [{ kind: 'table' }],
  WriteRows: (event) => [{ kind: 'rows', rows: (event as RowsEvent & { rows: LogRow[] }).rows }],
  DeleteRows: (event) => [{ kind: 'rows', rows: (event as RowsEvent & { rows: LogRow[] }).rows }],
  UpdateRows: (event) => [{ kind: 'rows', rows: bothSides(event as RowsEvent & { rows: Sides[] }) }],
  PartialUpdateRows: () => [{ kind: 'unreadable', what: 'rows' }],
  TransactionPayload: () => [{ kind: 'unreadable', what: 'transaction' }],
  Xid: (_, { position }) => [{ kind: 'commit', position }],
  Query: (event, { position }) => itemsOfStatement((event as QueryEvent).query, position),
  XaPrepare: (event) => itemsOfPrepare(event as XaPrepareEvent),
  Heartbeat: (_, { position }) => [{ kind: 'idle', position }],
  MariadbGtid: itemsOfBegin,
  Gtid: itemsOfBegin,
};

export function itemsOf(event: BinlogEvent, before: Before): readonly LogItem[] {
  return ITEMS[event.getTypeName()]?.(event, before) ?? [];
}

/** The transaction before this one is over, also when nothing of it concerned us. */
function itemsOfBegin(event: BinlogEvent, { position, file }: Before): readonly LogItem[] {
  const place = { gtid: event.gtid ?? '', file, offset: event.nextPosition };
  const begin: LogItem = { kind: 'begin', position, place };
  const { preparedXa } = event as Partial<MariadbGtidEvent>;
  return preparedXa === true ? [begin, { kind: 'prepare', xid: xidOf(event as MariadbGtidEvent) }] : [begin];
}

function itemsOfStatement(text: string, position: string): readonly LogItem[] {
  if (/^\s*COMMIT\b/i.test(text)) return [{ kind: 'commit', position }];
  const [, verb, name] = XA.exec(text) ?? [];
  if (verb === undefined || name === undefined) return [{ kind: 'statement', text }];
  const xid = name.toLowerCase();
  if (verb.toUpperCase() === 'START') return [{ kind: 'prepare', xid }];
  const committed = verb.toUpperCase() === 'COMMIT';
  return [
    { kind: 'prepared', xid, committed },
    { kind: 'commit', position },
  ];
}

/** MySQL ends a transaction that is committed in one phase like one that is prepared. */
function itemsOfPrepare(event: XaPrepareEvent): readonly LogItem[] {
  return event.onePhase ? [{ kind: 'prepared', xid: xidOf(event), committed: true }] : [];
}

function xidOf({
  xidGtrid,
  xidBqual,
  xidFormatId,
}: Pick<MariadbGtidEvent, 'xidGtrid' | 'xidBqual' | 'xidFormatId'>): string {
  const hex = (bytes: Buffer | undefined): string => `x'${bytes?.toString('hex') ?? ''}'`;
  return `${hex(xidGtrid)},${hex(xidBqual)},${String(xidFormatId)}`;
}

interface Sides {
  readonly before: LogRow;
  readonly after: LogRow;
}

/** A row whose key changed is one record gone and another come. What an image leaves out is as it was. */
function bothSides({ rows }: { readonly rows: readonly Sides[] }): readonly LogRow[] {
  return rows.flatMap(({ before, after }) => [before, { ...before, ...after }]);
}
