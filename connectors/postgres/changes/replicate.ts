import { setTimeout as sleep } from 'node:timers/promises';
import type { Change, ChangeBatch, Checkpoint } from '../../contract/change.ts';
import type { ChangeFeed } from '../../contract/connector.ts';
import { ConnectorError } from '../../contract/errors.ts';
import type { Reader } from '../reader.ts';
import { awaitVisible } from './await-visible.ts';
import { canonicalKeys, changesOf } from './changed-keys.ts';
import { LogBatch } from './log-batch.ts';
import { readLogPosition, writeLogPosition, type LogPosition } from './log-position.ts';
import { LogStream } from './log-stream.ts';
import { traceName } from './names.ts';
import { requirePublication, type Publication } from './publication.ts';
import { createSlot, findSlot, isReading, lost, readEnd, refuseLostHistory } from './slot.ts';
import { identify } from './standing.ts';

/** How often the publication is looked at: what somebody takes out of it is not in the log. */
const LOOK_MS = 30_000;

/** Reads PostgreSQL's own log, from a slot that keeps it until we acknowledge. */
export function createReplication(reader: Reader): ChangeFeed {
  const open = new Set<LogStream>();
  return {
    delivery: 'stream',
    deletions: 'reported',
    head: (signal) => readHead(reader, signal),
    read: (from, signal) => readLog({ reader, open }, from, signal),
    acknowledge: (upTo, signal) => acknowledge({ reader, open }, upTo, signal),
  };
}

interface Replication {
  readonly reader: Reader;
  readonly open: Set<LogStream>;
}

/** Makes the slot when there is none that can be used. One that is there may stand further back: nothing is lost by that. */
async function readHead(reader: Reader, signal: AbortSignal): Promise<Checkpoint> {
  const name = traceName(reader.options.name);
  return await reader.pool.read(signal, async (run) => {
    const { mark } = await requirePublication(run, reader.options);
    const server = await identify(run);
    const slot = await findSlot(run, name);
    const usable = slot !== null && !slot.lost ? slot.confirmed : null;
    const lsn = usable ?? (await createSlot(run, name));
    return writeLogPosition({ server, publication: mark, lsn });
  });
}

async function* readLog(
  { reader, open }: Replication,
  from: Checkpoint,
  signal: AbortSignal,
): AsyncIterable<ChangeBatch> {
  const position = readLogPosition(from);
  const publication = await lookAt(reader, position, signal);
  await awaitFree(reader, signal);
  const name = traceName(reader.options.name);
  const client = await reader.pool.dedicate(signal, true);
  const { silenceMs } = reader.pool.patience;
  const isBusy = (limit: AbortSignal): Promise<boolean> =>
    reader.pool.read(limit, (run) => isReading(run, name));
  await using stream = new LogStream(
    client,
    { slot: name, publication: name, from: position.lsn, silenceMs, isBusy },
    signal,
  );
  open.add(stream);
  try {
    yield* follow({ reader, stream, position, publication }, signal);
  } catch (error) {
    throw await dropUseless(reader, error, signal);
  } finally {
    open.delete(stream);
  }
}

/** @throws ConnectorError `SOURCE_HISTORY_LOST` or `CHANGES_UNAVAILABLE` when reading on would leave something out. */
async function lookAt(reader: Reader, from: LogPosition, signal: AbortSignal): Promise<Publication> {
  return await reader.pool.read(signal, async (run) => {
    const publication = await requirePublication(run, reader.options);
    const slot = await findSlot(run, traceName(reader.options.name));
    const end = await readEnd(run);
    const server = await identify(run);
    refuseLostHistory(from, { server, publication: publication.mark, slot, end });
    return publication;
  });
}

/** A process of ours that was killed may still be held by the server for a moment. */
const FREE_MS = 10_000;
const LOOK_EVERY_MS = 100;

async function awaitFree(reader: Reader, signal: AbortSignal): Promise<void> {
  const name = traceName(reader.options.name);
  for (let waited = 0; waited < FREE_MS; waited += LOOK_EVERY_MS) {
    const slot = await reader.pool.read(signal, (run) => findSlot(run, name));
    if (slot?.activePid == null) return;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

interface Following {
  readonly reader: Reader;
  readonly stream: LogStream;
  readonly position: LogPosition;
  readonly publication: Publication;
}

async function* follow(following: Following, signal: AbortSignal): AsyncIterable<ChangeBatch> {
  const { reader, stream, position, publication } = following;
  const batch = new LogBatch(reader.options.source.key, {
    oid: publication.tableOid,
    lsn: position.lsn,
    idleMs: reader.pool.patience.idleMs,
  });
  let lookedAt = performance.now();
  for (;;) {
    for (const message of await stream.next()) {
      if (batch.add(message)) reader.forget();
      if (batch.full) yield await settle(following, batch, signal);
    }
    if (batch.worthTelling) yield await settle(following, batch, signal);
    if (performance.now() - lookedAt > LOOK_MS) {
      await refuseOtherPublication(following, signal);
      lookedAt = performance.now();
    }
  }
}

/** Reads the records that the log spoke of, once they can be seen by others. */
async function settle(
  { reader, position }: Following,
  batch: LogBatch,
  signal: AbortSignal,
): Promise<ChangeBatch> {
  const { reset, keys, xids, lsn } = batch.take();
  await awaitVisible(reader, xids, signal);
  const changes: readonly Change[] = [
    ...(reset ? [{ kind: 'reset' } as const] : []),
    ...(await changesOf(reader, await canonicalKeys(reader, keys, signal), signal)),
  ];
  return { changes, checkpoint: lsn === null ? null : writeLogPosition({ ...position, lsn }) };
}

async function refuseOtherPublication(
  { reader, publication }: Following,
  signal: AbortSignal,
): Promise<void> {
  const now = await reader.pool.read(signal, (run) => requirePublication(run, reader.options));
  if (now.mark !== publication.mark) throw lost('the publication was changed meanwhile');
}

/**
 * A slot whose history the server cannot read any more, for example because the
 * publication was made after it, would fail for ever: the next head makes another.
 */
async function dropUseless(reader: Reader, error: unknown, signal: AbortSignal): Promise<unknown> {
  if (signal.aborted || !(error instanceof ConnectorError) || error.code !== 'SOURCE_HISTORY_LOST')
    return error;
  const name = traceName(reader.options.name);
  await reader.pool
    .read(signal, async (run) => {
      const slot = await findSlot(run, name);
      if (slot !== null && slot.activePid === null) await run('SELECT pg_drop_replication_slot($1)', [name]);
    })
    .catch(() => undefined);
  return error;
}

/** Through the stream that is open, which alone may; else the slot is moved on directly. */
async function acknowledge(
  { reader, open }: Replication,
  upTo: Checkpoint,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const { lsn } = readLogPosition(upTo);
  if (open.size > 0) {
    for (const stream of open) stream.acknowledge(lsn);
    return;
  }
  const name = traceName(reader.options.name);
  await reader.pool.read(signal, async (run) => {
    const slot = await findSlot(run, name);
    // Somebody else reads from it, or it is gone: reading again says so.
    if (slot?.confirmed == null || slot.lost || slot.activePid !== null) return;
    await run(
      `SELECT pg_replication_slot_advance($1, $2::text::pg_lsn) WHERE $2::text::pg_lsn > $3::text::pg_lsn`,
      [name, lsn, slot.confirmed],
    );
  });
}
