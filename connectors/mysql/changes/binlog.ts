import type { Change, ChangeBatch, Checkpoint } from '../../contract/change.ts';
import type { ChangeFeed } from '../../contract/connector.ts';
import { ConnectorError } from '../../contract/errors.ts';
import type { RecordKey } from '../../contract/record.ts';
import type { Flavour } from '../flavour.ts';
import { parseTableName } from '../identifiers.ts';
import { textRows } from '../query.ts';
import { readRecords } from '../read-records.ts';
import type { Reader } from '../reader.ts';
import { awaitVisible, readCommitted } from './await-visible.ts';
import { Gathered, type Heard } from './gathered.ts';
import { isLogged } from './log-keys.ts';
import { readLogPosition, writeLogPosition } from './log-position.ts';
import { LogStream, type Login } from './log-stream.ts';

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
    const [row] = textRows(await run('SELECT @@GLOBAL.log_bin'));
    if (row?.[0] !== '1') throw new ConnectorError('CHANGES_UNAVAILABLE', 'the server keeps no binary log');
    const place = flavour.name === 'mariadb' ? await readCommitted(run) : { file: '', offset: 0 };
    const [head] = textRows(await run(`SELECT ${flavour.position(place)}`));
    const position = head?.[0] ?? null;
    if (position === null)
      throw new ConnectorError('SOURCE_BUSY', 'the log went on to another file meanwhile');
    return writeLogPosition(flavour.name, position);
  });
}

interface Following {
  readonly reader: Reader;
  readonly login: Login;
  readonly from: Checkpoint;
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
  const gathered = new Gathered(ground, ground.select.keys);
  for (;;) {
    const item = stream.next();
    if (item !== null) gathered.add(item);
    if (item === null ? gathered.hasNews : gathered.isFull)
      yield await toBatch({ reader, flavour: ground.flavour }, gathered.take(), signal);
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

async function toBatch(
  { reader, flavour }: { readonly reader: Reader; readonly flavour: Flavour },
  { keys, reset, position, place }: Heard,
  signal: AbortSignal,
): Promise<ChangeBatch> {
  if (reset) reader.forget();
  if (keys.length > 0 && place !== null) await awaitVisible(reader, place, signal);
  const changes = await readChanges(reader, keys, signal);
  return {
    changes: reset ? [{ kind: 'reset' }, ...changes] : changes,
    checkpoint: position === null ? null : writeLogPosition(flavour.name, position),
  };
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
