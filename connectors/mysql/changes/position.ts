import { readCheckpoint, writeCheckpoint, type Checkpoint } from '../../contract/change.ts';
import { ConnectorError } from '../../contract/errors.ts';

/*
 * How a poll knows what it has seen. Pure.
 *
 * Neither server tells which transactions are still open, so a cursor alone has to
 * do, and time makes up for what it cannot tell: a transaction that is open for less
 * than the overlap is never missed. A time has the overlap taken off it; a number,
 * which cannot, counts as seen when it has stood for that long.
 */

const FORMAT = 'mysql-poll/1';

/** What the source says of itself at one moment. Cursors are text: they fit neither a Date nor a number. */
export interface Standing {
  /** When the table was made: another one came in its place when this differs. Empty for views and queries. */
  readonly history: string;
  /** Seconds since 1970 by the server's clock. */
  readonly at: number;
  /** The greatest cursor; null without records. */
  readonly cursor: string | null;
  /** The same, and no later than now: a record dated into the future must not hide others. */
  readonly floor: string | null;
}

export interface Seen {
  /** Cursors below this one have been seen, but for the overlap where it is a time; null: none have. */
  readonly from: string | null;
  /** The greatest cursor at a time: takes the place of `from` when it has stood for the overlap. */
  readonly candidate: { readonly cursor: string | null; readonly at: number };
}

/** A pass under way, in the order of cursor and key: it can stop anywhere and go on. */
export interface Pass {
  /** What will have been seen at its end. */
  readonly to: Seen;
  /** The greatest cursor when it began: what changes meanwhile is left to the next pass, so that this one ends. */
  readonly upTo: string | null;
  /** The cursor and the key of the last record read; null at the start. */
  readonly after: readonly string[] | null;
}

export interface Position {
  readonly history: string;
  /** Seconds since 1970 by the server's clock, when it was asked last. */
  readonly at: number;
  readonly seen: Seen;
  /** Null between passes. */
  readonly pass: Pass | null;
}

/** How the cursor is told to be old. */
export interface Overlap {
  readonly seconds: number;
  /** Whether the cursor is a time, so that the overlap can be taken off it. */
  readonly dated: boolean;
}

export function writePosition(position: Position): Checkpoint {
  return writeCheckpoint(FORMAT, JSON.stringify(position));
}

/** @throws ConnectorError `CHECKPOINT_FOREIGN` when another connector, mode or version wrote it. */
export function readPosition(from: Checkpoint): Position {
  const text = readCheckpoint(FORMAT, from);
  try {
    return JSON.parse(text) as Position;
  } catch (cause) {
    throw new ConnectorError('CHECKPOINT_FOREIGN', 'the checkpoint is damaged', { cause });
  }
}

export function startAt({ history, at, floor }: Standing, dated: boolean): Position {
  // A number does not tell how long ago it was given out: until it is old enough nothing counts as seen.
  const seen = { from: dated ? floor : null, candidate: { cursor: floor, at } };
  return { history, at, seen, pass: null };
}

/**
 * Begins a pass.
 *
 * @throws ConnectorError `SOURCE_HISTORY_LOST` when the table is another one, or the server's clock was
 *   set back by more than the overlap: what was written since is dated into what has been seen.
 */
export function beginPass(position: Position, standing: Standing, overlap: Overlap): Position {
  refuseOtherHistory(position, standing, overlap);
  const to = moveOn(position.seen, standing, overlap);
  return {
    history: standing.history,
    at: standing.at,
    seen: position.seen,
    pass: { to, upTo: standing.cursor, after: null },
  };
}

/** @throws ConnectorError `SOURCE_HISTORY_LOST`; see {@link beginPass}. */
export function refuseOtherHistory(position: Position, standing: Standing, overlap: Overlap): void {
  if (position.history !== standing.history) throw lost('the table was altered or replaced as a whole');
  // MariaDB does not date a table anew when it is emptied.
  if (standing.cursor === null && position.seen.candidate.cursor !== null)
    throw lost('the table was emptied');
  if (standing.at < position.at - overlap.seconds)
    throw lost('the clock of the server was set back by more than the overlap');
}

/** @param after null when the pass is over. */
export function afterPage(position: Position, pass: Pass, after: readonly string[] | null): Position {
  if (after === null) return { ...position, seen: pass.to, pass: null };
  return { ...position, pass: { ...pass, after } };
}

function moveOn(seen: Seen, { at, floor }: Standing, { seconds, dated }: Overlap): Seen {
  const candidate = { cursor: floor, at };
  if (dated) return { from: floor ?? seen.from, candidate };
  return at - seen.candidate.at >= seconds ? { from: seen.candidate.cursor, candidate } : seen;
}

function lost(message: string): ConnectorError {
  return new ConnectorError('SOURCE_HISTORY_LOST', message);
}
