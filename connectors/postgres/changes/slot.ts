import { ConnectorError } from '../../contract/errors.ts';
import type { Run } from '../pool.ts';
import { parseLsn, type LogPosition } from './log-position.ts';

export interface Slot {
  /** Up to where we have said that nothing will be asked for again; null when it is not usable. */
  readonly confirmed: string | null;
  /** The process that reads from it; null when nobody does. */
  readonly activePid: string | null;
  /** Whether the history behind it is gone. */
  readonly lost: boolean;
  /** What the server keeps for it, in bytes. */
  readonly retainedBytes: number | null;
}

/** Before version 13 the server had no limit, and lost no slot. */
const FIND = `
  SELECT s.confirmed_flush_lsn::text, s.active_pid::text,
         (coalesce(to_jsonb(s) ->> 'wal_status', '') = 'lost' OR s.restart_lsn IS NULL
          OR coalesce(to_jsonb(s) ->> 'invalidation_reason', '') <> '' OR s.plugin <> 'pgoutput')::text,
         (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END - s.restart_lsn)::bigint::text
    FROM pg_replication_slots s WHERE s.slot_name = $1 AND s.database = current_database()`;

/** Names of slots are those of the whole server: one of another database is somebody else's. @returns null when we have none. */
export async function findSlot(run: Run, name: string): Promise<Slot | null> {
  const [row] = (await run(FIND, [name])).rows;
  if (row === undefined) return null;
  const [confirmed, activePid, lost, retained] = row;
  return {
    confirmed: confirmed ?? null,
    activePid: activePid ?? null,
    lost: lost !== 'false',
    retainedBytes: retained == null ? null : Number(retained),
  };
}

/** Activity: waits for something to do. Client: waits for us to read. Anything else, also nothing, is work. */
const AT_WORK = `
  SELECT (coalesce(a.wait_event_type, '') NOT IN ('Activity', 'Client'))::text
    FROM pg_replication_slots s JOIN pg_stat_activity a ON a.pid = s.active_pid WHERE s.slot_name = $1`;

/** Whether the server's process that reads from the slot is at work this moment. */
export async function isReading(run: Run, name: string): Promise<boolean> {
  return (await run(AT_WORK, [name])).rows[0]?.[0] === 'true';
}

/** Makes a slot, in place of one of the name that is of no use any more. @returns where it begins. */
export async function createSlot(run: Run, name: string): Promise<string> {
  const found = await findSlot(run, name);
  if (found !== null) await run('SELECT pg_drop_replication_slot($1)', [name]);
  // It waits for every transaction that is open: the statement's own limit is the one that counts.
  await run('SET LOCAL lock_timeout = 0');
  const { rows } = await run(`SELECT lsn::text FROM pg_create_logical_replication_slot($1, 'pgoutput')`, [
    name,
  ]);
  return rows[0]?.[0] ?? '0/0';
}

/** The end of the log. */
export async function readEnd(run: Run): Promise<string> {
  const { rows } = await run(
    'SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END)::text',
    [],
  );
  return rows[0]?.[0] ?? '0/0';
}

/** What the source has now, to compare a stored position with. */
export interface Present {
  readonly server: string;
  readonly publication: string;
  readonly slot: Slot | null;
  readonly end: string;
}

/** @throws ConnectorError `SOURCE_HISTORY_LOST` when reading on from there would leave something out. */
export function refuseLostHistory(from: LogPosition, present: Present): void {
  const { slot } = present;
  if (slot === null) throw lost('the replication slot is gone');
  if (slot.lost || slot.confirmed === null) throw lost('the server has discarded what the slot stands for');
  if (from.server !== present.server)
    throw lost('the server, its timeline or the database is another one than before');
  if (from.publication !== present.publication) throw lost('the publication was changed meanwhile');
  if (parseLsn(from.lsn) < parseLsn(slot.confirmed))
    throw lost('the slot was made anew, or moved on, after the position');
  if (parseLsn(from.lsn) > parseLsn(present.end))
    throw lost('the log of the server ends before the position: it was restored or has failed over');
}

export function lost(message: string): ConnectorError {
  return new ConnectorError('SOURCE_HISTORY_LOST', message);
}
