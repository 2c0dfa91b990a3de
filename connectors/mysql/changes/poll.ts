import type { ChangeBatch, Checkpoint } from '../../contract/change.ts';
import type { ChangeFeed } from '../../contract/connector.ts';
import type { KeyColumn } from '../key-column.ts';
import type { Run } from '../pool.ts';
import type { Reader } from '../reader.ts';
import { readChangedPage } from './changed-page.ts';
import {
  afterPage,
  beginPass,
  readPosition,
  refuseOtherHistory,
  startAt,
  writePosition,
  type Overlap,
  type Pass,
  type Position,
} from './position.ts';
import { isDated, readCursor, readStanding } from './standing.ts';

const OVERLAP_MINUTES = 10;

/** Finds what changed by asking. Reading ends when it has caught up with the moment it began. */
export function createPoll(reader: Reader, cursor: string): ChangeFeed {
  return {
    delivery: 'poll',
    deletions: 'unseen',
    head: (signal) => readHead(reader, cursor, signal),
    read: (from, signal) => readChanges(reader, { from, cursor }, signal),
    acknowledge: () => Promise.resolve(),
  };
}

async function readHead(reader: Reader, name: string, signal: AbortSignal): Promise<Checkpoint> {
  return await reader.pool.read(signal, async (run) => {
    const cursor = await readCursor(reader, run, name);
    return writePosition(startAt(await readStanding(reader, run, cursor), isDated(cursor)));
  });
}

async function* readChanges(
  reader: Reader,
  asked: { readonly from: Checkpoint; readonly cursor: string },
  signal: AbortSignal,
): AsyncIterable<ChangeBatch> {
  const stored = readPosition(asked.from);
  const begun = await reader.pool.read(signal, (run) => begin(reader, run, { ...asked, stored }));
  let { position } = begun;
  while (position.pass !== null) {
    const step = { cursor: begun.cursor, position, pass: position.pass };
    const { batch, next } = await reader.pool.read(signal, (run) => readOn(reader, run, step));
    yield batch;
    position = next;
  }
}

async function begin(
  reader: Reader,
  run: Run,
  asked: { readonly stored: Position; readonly cursor: string },
): Promise<{ readonly cursor: KeyColumn; readonly position: Position }> {
  const { stored } = asked;
  const cursor = await readCursor(reader, run, asked.cursor);
  const standing = await readStanding(reader, run, cursor);
  const overlap = overlapOf(reader, cursor);
  if (stored.pass === null) return { cursor, position: beginPass(stored, standing, overlap) };
  refuseOtherHistory(stored, standing, overlap);
  return { cursor, position: stored };
}

interface Step {
  readonly cursor: KeyColumn;
  readonly position: Position;
  readonly pass: Pass;
}

async function readOn(
  reader: Reader,
  run: Run,
  { cursor, position, pass }: Step,
): Promise<{ readonly batch: ChangeBatch; readonly next: Position }> {
  const asked = { cursor, pass, seen: position.seen, overlap: overlapOf(reader, cursor) };
  const { records, after } = await readChangedPage(reader, run, asked);
  const next = afterPage(position, pass, after);
  const changes = records.map((record) => ({ kind: 'upsert', record }) as const);
  return { batch: { changes, checkpoint: writePosition(next) }, next };
}

function overlapOf({ options }: Reader, cursor: KeyColumn): Overlap {
  return { seconds: (options.changes.overlapMinutes ?? OVERLAP_MINUTES) * 60, dated: isDated(cursor) };
}
