import type { ServerOptions } from '../contract/connector.ts';
import type { Trace, TraceKeeper } from '../contract/traces.ts';
import { traceName } from './changes/names.ts';
import { findPublication } from './changes/publication.ts';
import { functionName, functionSql, publicationSql, tableOf, triggerSql } from './changes/setup.ts';
import { findSlot, type Slot } from './changes/slot.ts';
import { findTriggers } from './changes/triggers.ts';
import { sqlState } from './failures.ts';
import { quote, quoteText } from './identifiers.ts';
import type { Pool, Run } from './pool.ts';

/** What stands at the source because of us: by name, so that what an earlier mode left is found too. */
export function createTraceKeeper(pool: Pool, options: ServerOptions): TraceKeeper {
  return {
    list: (signal) => pool.read(signal, (run) => listTraces(run, options)),
    remove: (signal) => removeTraces(pool, options, signal),
  };
}

const NOTHING_KEPT = { retainedBytes: null, limitBytes: null };

/** Triggers before their function, the slot before its publication: in this order they can be dropped. */
async function listTraces(run: Run, options: ServerOptions): Promise<readonly Trace[]> {
  const slot = await slotTrace(run, options);
  if (options.source.table === undefined) return slot;
  return [
    ...slot,
    ...(await publicationTrace(run, options)),
    ...(await triggerTraces(run, options)),
    ...(await functionTrace(run, options)),
  ];
}

async function slotTrace(run: Run, options: ServerOptions): Promise<readonly Trace[]> {
  const name = traceName(options.name);
  const slot = await findSlot(run, name);
  if (slot === null && options.changes.mode !== 'replication') return [];
  return [
    {
      kind: 'slot',
      name,
      state: stateOf(slot),
      retainedBytes: slot?.retainedBytes ?? null,
      limitBytes: slot === null ? null : await readLimit(run),
      remedy:
        slot === null
          ? `SELECT pg_create_logical_replication_slot(${quoteText(name)}, 'pgoutput');`
          : `SELECT pg_drop_replication_slot(${quoteText(name)});`,
    },
  ];
}

function stateOf(slot: Slot | null): Trace['state'] {
  if (slot === null) return 'absent';
  return slot.lost ? 'broken' : 'ready';
}

/** @returns null when the server keeps as much as it takes. */
export async function readLimit(run: Run): Promise<number | null> {
  // In megabytes; absent before version 13, which has no limit.
  const { rows } = await run(`SELECT setting FROM pg_settings WHERE name = 'max_slot_wal_keep_size'`, []);
  const megabytes = Number(rows[0]?.[0] ?? -1);
  return megabytes < 0 ? null : megabytes * 1024 * 1024;
}

async function publicationTrace(run: Run, options: ServerOptions): Promise<readonly Trace[]> {
  const name = traceName(options.name);
  const found = await findPublication(run, options);
  if (found === null && options.changes.mode !== 'replication') return [];
  const usable = found?.whole === true ? 'ready' : 'broken';
  return [
    {
      kind: 'publication',
      name,
      state: found === null ? 'absent' : usable,
      ...NOTHING_KEPT,
      remedy: found === null ? publicationSql(options) : `DROP PUBLICATION ${quote(name)};`,
    },
  ];
}

async function triggerTraces(run: Run, options: ServerOptions): Promise<readonly Trace[]> {
  const wanted = options.changes.mode === 'listen';
  const found = (await findTriggers(run, options)).filter(({ state }) => wanted || state !== 'absent');
  return found.map(({ event, name, state }) => ({
    kind: 'trigger',
    name,
    state,
    ...NOTHING_KEPT,
    remedy:
      state === 'absent' ? triggerSql(options, event) : `DROP TRIGGER ${quote(name)} ON ${tableOf(options)};`,
  }));
}

async function functionTrace(run: Run, options: ServerOptions): Promise<readonly Trace[]> {
  const name = functionName(options);
  const { rows } = await run('SELECT to_regprocedure($1)::text', [`${name}()`]);
  const present = rows[0]?.[0] != null;
  if (!present && options.changes.mode !== 'listen') return [];
  return [
    {
      kind: 'function',
      name: traceName(options.name),
      state: present ? 'ready' : 'absent',
      ...NOTHING_KEPT,
      remedy: present ? `DROP FUNCTION ${name}();` : functionSql(options),
    },
  ];
}

/** Each in a transaction of its own: what the login may not drop does not keep the rest. */
async function removeTraces(
  pool: Pool,
  options: ServerOptions,
  signal: AbortSignal,
): Promise<readonly Trace[]> {
  const present = (await pool.read(signal, (run) => listTraces(run, options))).filter(
    ({ state }) => state !== 'absent',
  );
  const left: Trace[] = [];
  for (const trace of present) {
    try {
      await pool.write(signal, (run) => run(trace.remedy.replace(/;$/, '')));
    } catch (error) {
      // Refused by the server; a server that cannot be reached is another matter.
      if (sqlState(error) === '') throw error;
      left.push(trace);
    }
  }
  return left;
}
