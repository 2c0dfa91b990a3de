import { readCheckpoint, writeCheckpoint, type Checkpoint } from '../../contract/change.ts';
import { ConnectorError } from '../../contract/errors.ts';

/*
 * How a poll knows what it has seen. Pure.
 *
 * PostgreSQL stamps every row with the transaction that wrote it (xmin) and tells
 * the oldest transaction that is still open. What transactions before that one
 * wrote has been seen; what they and later ones write is read next time, however
 * late it is committed. A cursor only saves looking at every row, and serves alone
 * where a source has no xmin: views, queries, and logins without the right to it.
 */

const FORMAT = 'postgres-poll/1';

/** What the source says of itself at one moment. Numbers and cursors are text: neither fits a Date or a number. */
export interface Standing {
  /** Which history this is: server, timeline, database and table. */
  readonly history: string;
  /** The oldest transaction still open; none before it will ever commit anything. */
  readonly oldest: string;
  /** The first transaction that has not begun. */
  readonly newest: string;
  /** Seconds since 1970 by the server's clock. */
  readonly at: number;
  /** The greatest cursor; null without a cursor and without records. */
  readonly cursor: string | null;
  /** The same, and no later than now: a record dated into the future must not hide others. */
  readonly floor: string | null;
}

/** A cursor that was the greatest at a time; what is below it may still be committed for a while. */
interface Candidate {
  readonly cursor: string | null;
  readonly at: number;
  readonly newest: string;
}

export interface Seen {
  /** Transactions before this one have been seen. */
  readonly oldest: string;
  /** Cursors below this one have been seen; null: none have. */
  readonly from: string | null;
  /** Takes the place of `from` when everything that was open then has ended. */
  readonly candidate: Candidate;
}

/** How a pass goes through the source: in key order, the same a stretch at a time, or in the order of the cursor. */
export type Way = 'key' | 'stretches' | 'cursor';

/** A pass under way: it can stop anywhere and go on. */
export interface Pass {
  readonly way: Way;
  /** What will have been seen at its end. */
  readonly to: Seen;
  /** The greatest cursor when it began: what changes meanwhile is left to the next pass, so that this one ends. */
  readonly upTo: string | null;
  /** The key of the last record read, after its cursor when that is the way; null at the start. */
  readonly after: readonly string[] | null;
}

export interface Position {
  readonly history: string;
  readonly seen: Seen;
  /** Null between passes. */
  readonly pass: Pass | null;
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

/** @param dated whether the cursor is a time, so that the overlap can be taken off it. */
export function startAt(standing: Standing, dated: boolean): Position {
  const { history, oldest, newest, at, floor } = standing;
  const candidate = { cursor: floor, at, newest };
  // A number does not tell how long ago it was given out: until it is old enough nothing counts as seen.
  return { history, seen: { oldest, from: dated ? floor : null, candidate }, pass: null };
}

/**
 * Begins a pass.
 *
 * @throws ConnectorError `SOURCE_HISTORY_LOST` when the server is another one, was restored or has
 *   failed over: then its transaction numbers mean other transactions.
 */
export function beginPass(
  position: Position,
  standing: Standing,
  how: { readonly way: Way; readonly overlapSeconds: number },
): Position {
  refuseOtherHistory(position, standing);
  const to = moveOn(position.seen, standing, how.overlapSeconds);
  return { ...position, pass: { way: how.way, to, upTo: standing.cursor, after: null } };
}

/** @throws ConnectorError `SOURCE_HISTORY_LOST`; see {@link beginPass}. */
export function refuseOtherHistory(position: Position, standing: Standing): void {
  if (position.history !== standing.history)
    throw lost('the server, its timeline or the table is another one than before');
  if (BigInt(standing.oldest) < BigInt(position.seen.oldest))
    throw lost('the transaction numbers of the server went backwards: it was restored or has failed over');
}

/** @param after null when the pass is over. */
export function afterPage(position: Position, pass: Pass, after: readonly string[] | null): Position {
  if (after === null) return { history: position.history, seen: pass.to, pass: null };
  return { ...position, pass: { ...pass, after } };
}

function moveOn(seen: Seen, standing: Standing, overlapSeconds: number): Seen {
  const { oldest, newest, at, floor } = standing;
  const { candidate } = seen;
  const ended = BigInt(candidate.newest) <= BigInt(oldest) && at - candidate.at >= overlapSeconds;
  return ended
    ? { oldest, from: candidate.cursor, candidate: { cursor: floor, at, newest } }
    : { oldest, from: seen.from, candidate };
}

function lost(message: string): ConnectorError {
  return new ConnectorError('SOURCE_HISTORY_LOST', message);
}
