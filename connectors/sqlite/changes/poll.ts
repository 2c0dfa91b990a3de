import {
  readCheckpoint,
  writeCheckpoint,
  type Change,
  type ChangeBatch,
  type Checkpoint,
} from '../../contract/change.ts';
import type { ChangeFeed } from '../../contract/connector.ts';
import { ConnectorError } from '../../contract/errors.ts';
import { quote } from '../identifiers.ts';
import type { KeyValue } from '../key-value.ts';
import type { Row, Session } from '../pool.ts';
import type { Reader } from '../reader.ts';
import { asIs, described, keyPosition, type Key, type Select, type Statement } from '../select.ts';
import { sourceItem, withCommon } from '../shape.ts';
import { keyValues, nativeValue, toRecord } from '../values.ts';
import { earlier, notLater } from './moment.ts';
import { parsePosition, printPosition } from './position.ts';

const FORMAT = 'sqlite-poll/1';
const PAGE = 500;
const MINUTE_MS = 60_000;
/** See Changes.overlapMinutes. */
const OVERLAP_MINUTES = 10;

/**
 * Records whose cursor is not below the last one seen, and those a little below:
 * SQLite has one writer at a time, but an application may take the time before it
 * gets its turn. A record without a cursor is never told of, nor is one whose
 * cursor goes further back than the overlap: full runs find them.
 */
export function createPollFeed(reader: Reader, cursor: string): ChangeFeed {
  return {
    delivery: 'poll',
    deletions: 'unseen',
    head: async (signal) =>
      await reader.pool.read(signal, async (session) => {
        await reader.select(session);
        const value = await greatest(reader, session, cursor);
        return await checkpointAt(session, value);
      }),
    read: (from, signal) => readChanges(reader, { cursor, from }, signal),
    acknowledge: () => Promise.resolve(),
  };
}

/** Where a poll goes on: after this record. */
interface Place {
  readonly cursor: KeyValue;
  readonly key: Key;
}

interface Page {
  readonly changes: readonly Change[];
  /** Null after the last page. */
  readonly last: Place | null;
  readonly checkpoint: Checkpoint;
}

async function* readChanges(
  reader: Reader,
  poll: { readonly cursor: string; readonly from: Checkpoint },
  signal: AbortSignal,
): AsyncIterable<ChangeBatch> {
  const start = parsePosition(readCheckpoint(FORMAT, poll.from));
  if (start === undefined) throw new ConnectorError('CHECKPOINT_FOREIGN', 'the position cannot be read');
  let place: Place | null = null;
  do {
    const look: Look = { cursor: poll.cursor, start, place };
    const page: Page = await reader.pool.read(
      signal,
      async (session) => await readPage(reader, session, look),
    );
    if (page.changes.length > 0) yield { changes: page.changes, checkpoint: page.checkpoint };
    place = page.last;
  } while (place !== null);
}

interface Look {
  readonly cursor: string;
  readonly start: KeyValue | null;
  readonly place: Place | null;
}

async function readPage(reader: Reader, session: Session, look: Look): Promise<Page> {
  const select = await reader.select(session);
  const minutes = reader.options.changes.overlapMinutes ?? OVERLAP_MINUTES;
  const since = look.start === null ? null : earlier(look.start, minutes * MINUTE_MS);
  const { sql, params } = pageAfter(select, { ...look, since });
  const { rows } = await session.run(sql, params);
  const last = rows.length === 0 ? null : placeOf(rows[rows.length - 1] ?? [], select);
  const changes = rows.map((row): Change => ({
    kind: 'upsert',
    record: toRecord(row, select, reader.options.passwordColumn),
  }));
  const reached = await greater(session, look.start, last?.cursor ?? null);
  return {
    changes,
    last: rows.length < PAGE ? null : last,
    checkpoint: await checkpointAt(session, reached),
  };
}

function pageAfter(select: Select, look: Look & { readonly since: KeyValue | null }): Statement {
  const column = `r.${quote(look.cursor)}`;
  const order = [column, ...select.keyOrder()];
  const also = [described(column)];
  if (look.place !== null)
    return select.ordered({
      order,
      after: [asIs(look.place.cursor), ...keyPosition(look.place.key)],
      limit: PAGE,
      also,
    });
  const since = look.since === null ? null : asIs(look.since);
  const from =
    since === null
      ? { sql: `${column} IS NOT NULL`, params: [] }
      : { sql: `${column} >= ${since.sql}`, params: since.params };
  return select.ordered({ order, after: null, limit: PAGE, from, also });
}

/** The cursor comes after key and columns. */
function placeOf(row: Row, select: Select): Place {
  const at = select.key.length + select.read.length;
  return { cursor: nativeValue(row, at, select.shape.encoding), key: keyValues(row, select) };
}

/** Of all records, also those out of scope: what leaves the scope has a cursor, too. */
async function greatest(reader: Reader, session: Session, cursor: string): Promise<KeyValue | null> {
  const { common, from } = sourceItem(reader.options.source);
  const column = `r.${quote(cursor)}`;
  const { rows } = await session.run(
    `${withCommon(common)}SELECT ${described(column)} FROM ${from}
      WHERE ${column} IS NOT NULL ORDER BY ${column} DESC LIMIT 1`,
  );
  return rows[0] === undefined ? null : nativeValue(rows[0], 0, session.encoding);
}

/** The overlap reads what is below the start: the checkpoint never goes back. */
async function greater(session: Session, a: KeyValue | null, b: KeyValue | null): Promise<KeyValue | null> {
  if (a === null || b === null) return a ?? b;
  const [first, second] = [asIs(a), asIs(b)];
  const { rows } = await session.run(`SELECT CAST(${first.sql} < ${second.sql} AS TEXT)`, [
    ...first.params,
    ...second.params,
  ]);
  return rows[0]?.[0] === '1' ? b : a;
}

async function checkpointAt(session: Session, value: KeyValue | null): Promise<Checkpoint> {
  if (value === null) return writeCheckpoint(FORMAT, printPosition(null));
  const { rows } = await session.run(`SELECT unixepoch('subsec') * 1000.0`);
  const capped = notLater(value, Number(rows[0]?.[0] ?? 0));
  return writeCheckpoint(FORMAT, printPosition(capped));
}
