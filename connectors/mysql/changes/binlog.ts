import type { Change, ChangeBatch, Checkpoint } from '../../contract/change.ts';
import type { ChangeFeed } from '../../contract/connector.ts';
import { ConnectorError } from '../../contract/errors.ts';
import type { RecordKey } from '../../contract/record.ts';
import type { Flavour } from '../flavour.ts';
import { parseTableName } from '../identifiers.ts';
import { textRows } from '../query.ts';
import { readRecords } from '../read-records.ts';
import type { Reader } from '../reader.ts';
import type { Select } from '../select.ts';
import { isLogged, keyOfRow } from './log-keys.ts';
import { readLogPosition, writeLogPosition } from './log-position.ts';
import { changesWholeTable } from './log-statement.ts';
import { LogStream, type LogItem, type Login } from './log-stream.ts';

/** Records of a batch: keys from the log, read again from the table. */
const BATCH = 500;
const LARGEST_BATCH = 2_000;

/**
 * Follows the binary log as a replica would.
 *
 * The log tells which keys changed; the records are read from the table, with its own
 * conversions and within the scope. What they say may be later than the position that
 * comes with them, never earlier: who has read to the end has what the table has.
 */
export function createBinlog(reader: Reader, login: Login): ChangeFeed {
  return {
    delivery: 'stream',
    deletions: 'reported',
    head: (signal) => readHead(reader, signal),
    read: (from, signal) => follow({ reader, login, from }, signal),
    acknowledge: () => Promise.resolve(),
  };
}

async function readHead(reader: Reader, signal: AbortSignal): Promise<Checkpoint> {
  return await reader.pool.read(signal, async (run, flavour) => {
    const [row] = textRows(await run(`SELECT @@GLOBAL.log_bin, ${flavour.position}`));
    if (row?.[0] !== '1') throw new ConnectorError('CHANGES_UNAVAILABLE', 'the server keeps no binary log');
    return writeLogPosition(flavour.name, row[1] ?? '');
  });
}

interface Following {
  readonly reader: Reader;
  readonly login: Login;
  readonly from: Checkpoint;
}

interface Ground {
  readonly flavour: Flavour;
  readonly select: Select;
  readonly database: string;
  readonly table: string;
}

async function* follow({ reader, login, from }: Following, signal: AbortSignal): AsyncIterable<ChangeBatch> {
  const ground = await reader.pool.read(signal, async (run, flavour) => ({
    ...(await findTable(reader, async (sql) => textRows(await run(sql)))),
    flavour,
    select: await reader.select(run),
  }));
  for (const column of ground.select.keys)
    if (!isLogged(column))
      throw new ConnectorError(
        'CHANGES_UNAVAILABLE',
        `${column.shape.name} cannot be told from the binary log`,
      );
  const position = readLogPosition(ground.flavour.name, from);
  await using stream = await LogStream.open(login, { ...ground, position }, signal);
  const gathered = new Gathered(ground);
  for (;;) {
    const item = stream.next();
    if (item !== null) gathered.add(item);
    if (item === null ? gathered.hasNews : gathered.isFull) yield await gathered.take(reader, signal);
    if (item === null) await stream.wait(signal);
    signal.throwIfAborted();
  }
}

/** The names as the server writes them into the log. */
async function findTable(
  reader: Reader,
  ask: (sql: string) => Promise<readonly (readonly (string | null)[])[]>,
): Promise<{ readonly database: string; readonly table: string }> {
  const { source, connection } = reader.options;
  if (source.table === undefined)
    throw new ConnectorError('CHANGES_UNAVAILABLE', 'a query has no binary log: name a table');
  const name = parseTableName(source.table);
  const [row] = await ask('SELECT @@GLOBAL.lower_case_table_names');
  const asStored = row?.[0] === '1' ? (text: string) => text.toLowerCase() : (text: string) => text;
  return { database: asStored(name.schema ?? connection.database), table: asStored(name.table) };
}

/** What was heard since the last batch. */
class Gathered {
  readonly #ground: Ground;
  readonly #keys = new Set<RecordKey>();
  #reset = false;
  #position: string | null = null;
  #told: string | null = null;
  /** Whether something was heard that no position covers yet. */
  #open = false;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** Something to tell, or a position that has moved. */
  get hasNews(): boolean {
    return this.#keys.size > 0 || this.#reset || (this.#position !== null && this.#position !== this.#told);
  }

  /** Between transactions rather than inside of one, where there is no position to go on from. */
  get isFull(): boolean {
    return this.#keys.size >= (this.#open ? LARGEST_BATCH : BATCH);
  }

  add(item: LogItem): void {
    if (item.kind === 'rows') {
      this.#open = true;
      for (const row of item.rows) {
        const key = keyOfRow(row, this.#ground.select.keys);
        if (key !== null) this.#keys.add(key);
      }
    } else if (item.kind === 'statement') {
      if (!changesWholeTable(item.text, this.#ground)) return;
      this.#open = true;
      this.#reset = true;
    } else {
      this.#open = false;
      this.#position = item.position;
    }
  }

  /** Inside a transaction there is no position to go on from. */
  async take(reader: Reader, signal: AbortSignal): Promise<ChangeBatch> {
    const keys = [...this.#keys];
    const reset = this.#reset;
    const position = this.#open ? null : this.#position;
    this.#keys.clear();
    this.#reset = false;
    if (reset) reader.forget();
    this.#told = position ?? this.#told;
    const checkpoint = position === null ? null : writeLogPosition(this.#ground.flavour.name, position);
    const changes = await readChanges(reader, keys, signal);
    return { changes: reset ? [{ kind: 'reset' }, ...changes] : changes, checkpoint };
  }
}

async function readChanges(
  reader: Reader,
  keys: readonly RecordKey[],
  signal: AbortSignal,
): Promise<readonly Change[]> {
  const records = await readRecords(reader, keys, signal);
  const found = new Map(records.map((record) => [record.key, record]));
  return keys.map((key) => {
    const record = found.get(key);
    return record === undefined ? { kind: 'delete', key } : { kind: 'upsert', record };
  });
}
