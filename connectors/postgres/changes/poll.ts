import type { ChangeBatch, Checkpoint } from '../../contract/change.ts';
import type { ChangeFeed } from '../../contract/connector.ts';
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
  type Pass,
  type Position,
  type Way,
} from './position.ts';
import { isDated, readGround, readStanding, type Ground } from './standing.ts';

/** A table up to this size is looked through faster than anybody notices; a larger one is read by its cursor's index. */
const SMALL_BYTES = 256 * 1024 * 1024;
const OVERLAP_MINUTES = 10;

/** Finds what changed by asking. Reading ends when it has caught up with the moment it began. */
export function createPoll(reader: Reader): ChangeFeed {
  return {
    delivery: 'poll',
    deletions: 'unseen',
    head: (signal) => readHead(reader, signal),
    read: (from, signal) => readChanges(reader, from, signal),
    acknowledge: () => Promise.resolve(),
  };
}

async function readHead(reader: Reader, signal: AbortSignal): Promise<Checkpoint> {
  return await reader.pool.read(signal, async (run) => {
    const ground = await readGround(reader, run);
    const standing = await readStanding(reader, run, ground);
    return writePosition(startAt(standing, ground.cursor === null || isDated(ground.cursor)));
  });
}

async function* readChanges(
  reader: Reader,
  from: Checkpoint,
  signal: AbortSignal,
): AsyncIterable<ChangeBatch> {
  const stored = readPosition(from);
  const begun = await reader.pool.read(signal, (run) => begin(reader, run, stored));
  let { position } = begun;
  while (position.pass !== null) {
    const step = { ground: begun.ground, position, pass: position.pass };
    const { batch, next } = await reader.pool.read(signal, (run) => readOn(reader, run, step));
    yield batch;
    position = next;
  }
}

async function begin(
  reader: Reader,
  run: Run,
  position: Position,
): Promise<{ readonly ground: Ground; readonly position: Position }> {
  const ground = await readGround(reader, run);
  const standing = await readStanding(reader, run, ground);
  if (position.pass !== null) {
    refuseOtherHistory(position, standing);
    return { ground, position };
  }
  const overlapSeconds = overlapOf(reader) * 60;
  return { ground, position: beginPass(position, standing, { way: chooseWay(ground), overlapSeconds }) };
}

/** Looking at every row finds every change, whatever clocks and cursors say: it is done wherever it is cheap. */
function chooseWay({ stamped, bytes, cursor }: Ground): Way {
  if (!stamped) return 'cursor';
  if (bytes <= SMALL_BYTES) return 'key';
  return cursor === null ? 'stretches' : 'cursor';
}

interface Step {
  readonly ground: Ground;
  readonly position: Position;
  readonly pass: Pass;
}

async function readOn(
  reader: Reader,
  run: Run,
  { ground, position, pass }: Step,
): Promise<{ readonly batch: ChangeBatch; readonly next: Position }> {
  const asked = { ground, pass, seen: position.seen, overlapMinutes: overlapOf(reader) };
  const { records, after } = await readChangedPage(reader, run, asked);
  const next = afterPage(position, pass, after);
  const changes = records.map((record) => ({ kind: 'upsert', record }) as const);
  return { batch: { changes, checkpoint: writePosition(next) }, next };
}

function overlapOf({ options }: Reader): number {
  return options.changes.overlapMinutes ?? OVERLAP_MINUTES;
}
