import { ConnectorError } from '../../contract/errors.ts';
import { sqlState } from '../failures.ts';
import { parseTableName, quote, quoteTable } from '../identifiers.ts';
import type { Run } from '../pool.ts';
import type { Reader } from '../reader.ts';
import { sourceItem, type ColumnShape } from '../shape.ts';
import type { Standing } from './position.ts';

/** What is known of the source of a poll; one look at the catalogue. */
export interface Ground {
  /** The table's number, 0 for a query. */
  readonly oid: string;
  /** Whether rows tell which transaction wrote them, and the login may read it. */
  readonly stamped: boolean;
  /** Bytes of the table with its partitions. */
  readonly bytes: number;
  readonly cursor: ColumnShape | null;
}

/** Tables, their partitions and materialised views have xmin; views and foreign tables do not. */
const TABLE = `
  WITH RECURSIVE part AS (
    SELECT to_regclass($1)::oid AS oid
    UNION ALL SELECT i.inhrelid FROM pg_inherits i JOIN part ON i.inhparent = part.oid)
  SELECT c.oid::text,
         CASE WHEN c.relkind IN ('r', 'p', 'm') THEN has_column_privilege(c.oid, 'xmin', 'SELECT') ELSE false END::text,
         (c.relkind IN ('r', 'p', 'm'))::text,
         (SELECT coalesce(sum(pg_relation_size(part.oid)), 0) FROM part)::text
    FROM pg_class c WHERE c.oid = to_regclass($1)`;

/**
 * @throws ConnectorError `CHANGES_UNAVAILABLE` when neither xmin nor a cursor tells what changed, and
 *   `SOURCE_SCHEMA_CHANGED` when the table or the cursor is not there.
 */
export async function readGround(reader: Reader, run: Run): Promise<Ground> {
  const { source, changes } = reader.options;
  const shape = await reader.shape(run);
  const cursor = changes.cursor === undefined ? null : shape.column(changes.cursor);
  if (source.table === undefined) return { oid: '0', stamped: false, bytes: 0, cursor };
  const { rows } = await run(TABLE, [quoteTable(parseTableName(source.table))]);
  const [oid, stamped, stampable, bytes] = rows[0] ?? [];
  if (stamped !== 'true' && cursor === null) throw unavailable(stampable === 'true');
  return { oid: oid ?? '0', stamped: stamped === 'true', bytes: Number(bytes ?? 0), cursor };
}

function unavailable(stampable: boolean): ConnectorError {
  return stampable
    ? new ConnectorError('SOURCE_PERMISSION_DENIED', 'the login may not read xmin, which tells what changed')
    : new ConnectorError('CHANGES_UNAVAILABLE', 'a view or foreign table needs a cursor to be polled by');
}

/** Where the source stands: one statement, so one moment. */
export async function readStanding(reader: Reader, run: Run, ground: Ground): Promise<Standing> {
  const history = `${await identify(run)}/${ground.oid}`;
  const greatest = ground.cursor === null ? 'NULL::text' : greatestCursor(reader, ground.cursor);
  const floor = ground.cursor === null ? 'greatest' : floorOf(ground.cursor);
  const { rows } = await run(
    `SELECT txid_snapshot_xmin(s)::text, txid_snapshot_xmax(s)::text,
            floor(extract(epoch FROM clock_timestamp()))::text, greatest, (${floor})::text
       FROM (SELECT txid_current_snapshot() AS s, (${greatest}) AS greatest) AS now`,
    [],
  );
  const [oldest, newest, at, cursor, low] = rows[0] ?? [];
  return {
    history,
    oldest: oldest ?? '0',
    newest: newest ?? '0',
    at: Number(at ?? 0),
    cursor: cursor ?? null,
    floor: low ?? null,
  };
}

/** Not max(): several types have an order and no such function. */
function greatestCursor(reader: Reader, cursor: ColumnShape): string {
  const column = `r.${quote(cursor.name)}`;
  const finite = isDated(cursor) ? `isfinite(${column})` : `${column} IS NOT NULL`;
  return `SELECT ${column}::text FROM ${sourceItem(reader.options.source)} WHERE ${finite} ORDER BY ${column} DESC LIMIT 1`;
}

function floorOf(cursor: ColumnShape): string {
  // LEAST passes over NULL: without a record there is no floor.
  return isDated(cursor)
    ? `CASE WHEN greatest IS NOT NULL THEN least(greatest::${cursor.type}, clock_timestamp()::${cursor.type}) END`
    : 'greatest';
}

/** Whether minutes can be taken off the cursor. */
export function isDated(cursor: ColumnShape): boolean {
  return ['timestamp with time zone', 'timestamp without time zone', 'date'].includes(cursor.type);
}

const SERVER = 'SELECT system_identifier::text FROM pg_control_system()';
const TIMELINE = `
  SELECT CASE WHEN pg_is_in_recovery() THEN (SELECT timeline_id FROM pg_control_checkpoint())
              ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int END::text`;
const DATABASE = 'SELECT oid::text FROM pg_database WHERE datname = current_database()';

/** Numbers of transactions and places in the log mean something on one server, one timeline and one database only. */
export async function identify(run: Run): Promise<string> {
  const parts = [
    await askOr(run, SERVER, '-'),
    await askOr(run, DATABASE, '-'),
    await askOr(run, TIMELINE, '-'),
  ];
  return parts.join('/');
}

/** Some hosting providers take these functions away; then the transaction numbers alone have to tell. */
async function askOr(run: Run, sql: string, otherwise: string): Promise<string> {
  await run('SAVEPOINT identity');
  try {
    const { rows } = await run(sql, []);
    return rows[0]?.[0] ?? otherwise;
  } catch (error) {
    if (sqlState(error) === '') throw error;
    await run('ROLLBACK TO SAVEPOINT identity');
    return otherwise;
  }
}
