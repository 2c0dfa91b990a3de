import type { PasswordChange, PasswordOutcome } from '../contract/connector.ts';
import type { AlsoValue } from '../contract/definition.ts';
import { ConnectorError } from '../contract/errors.ts';
import type { SourceRecord } from '../contract/record.ts';
import type { Secret } from '../contract/secret.ts';
import { writtenAlong } from '../contract/written-along.ts';
import type { Value } from './database-process.ts';
import { parseTableName, quote } from './identifiers.ts';
import { bind, placeholder } from './key-value.ts';
import type { Row, Session } from './pool.ts';
import { findRows, notUnique } from './read-records.ts';
import type { Reader } from './reader.ts';
import { isExactly, type Key, type Select, type Statement } from './select.ts';
import { keyOf, keyValues, toRecord } from './values.ts';

/** What a provider must have for passwords to be written: see `openSqlite`. */
export interface Writable {
  readonly table: string;
  readonly column: string;
  readonly also: Readonly<Record<string, AlsoValue>>;
}

interface Attempt {
  readonly session: Session;
  readonly select: Select;
  readonly writable: Writable;
  readonly change: PasswordChange;
}

/** See PasswordWriter.replace. */
export async function replacePassword(
  reader: Reader,
  about: { readonly writable: Writable; readonly change: PasswordChange },
  signal: AbortSignal,
): Promise<PasswordOutcome> {
  // IMMEDIATE: from the first look to the commit nobody else writes to the file.
  return await reader.pool.write(signal, async (session) => {
    const select = await reader.select(session);
    const { change } = about;
    const writable = { ...about.writable, also: writtenAlong(about.writable.also, change) };
    return await compareAndSet({ session, select, change, writable });
  });
}

async function compareAndSet(attempt: Attempt): Promise<PasswordOutcome> {
  const { session, select, change, writable } = attempt;
  const row = (await findRows(session, select, new Set([change.key]))).get(change.key);
  if (row === undefined) return { outcome: 'missing' };
  const current = toRecord(row, select, writable.column);
  // Compared here, not by SQLite: a collation may take two different texts for equal.
  if (sameText(current.passwordHash, change.replacement)) return { outcome: 'already', record: current };
  if (isUnreadable(current, writable) || !sameText(current.passwordHash, change.expected))
    return { outcome: 'conflict', current };
  const key = keyValues(row, select);
  await update(attempt, key);
  return { outcome: 'written', record: await readBack(attempt, key) };
}

/** What is no text reads as no password, and is something else. */
function isUnreadable({ problems }: SourceRecord, { column }: Writable): boolean {
  return problems.some((problem) => problem.column === column);
}

async function update({ session, select, writable, change }: Attempt, key: Key): Promise<void> {
  const hash = hashAssignment(writable.column, change.replacement);
  const also = Object.entries(writable.also).map(([name, value]) => assignment(name, value));
  const where = whereKey(select, key);
  const set = [hash, ...also];
  const { changes } = await session.run(
    `UPDATE ${quote(parseTableName(writable.table))} AS r SET ${set.map(({ sql }) => sql).join(', ')} WHERE ${where.sql}`,
    [...set.flatMap(({ params }) => params), ...where.params],
  );
  if (changes > 1) throw notUnique();
}

/** As text, and as bytes where the record has bytes now. */
function hashAssignment(column: string, replacement: Secret): Statement {
  const text = replacement.reveal();
  return {
    sql: `${quote(column)} = CASE typeof(r.${quote(column)}) WHEN 'blob' THEN ? ELSE ? END`,
    params: [Buffer.from(text), text],
  };
}

function assignment(name: string, value: AlsoValue): Statement {
  if (value === 'now') return { sql: `${quote(name)} = ${nowLike(`r.${quote(name)}`)}`, params: [] };
  return { sql: `${quote(name)} = ?`, params: [written(value)] };
}

/** Flags are numbers in SQLite. */
function written(value: AlsoValue): Value {
  const plain = typeof value === 'boolean' ? Number(value) : value;
  return typeof plain === 'number' && Number.isInteger(plain) ? BigInt(plain) : plain;
}

/** Larger than any time in seconds that matters, smaller than any in milliseconds. */
const MILLISECONDS_FROM = 100_000_000_000;

/** The present time the way the record has it now: SQLite has no type for times. Where it has none, as SQLite prints it. */
function nowLike(column: string): string {
  return `CASE typeof(${column})
    WHEN 'integer' THEN CASE WHEN abs(${column}) < ${String(MILLISECONDS_FROM)} THEN unixepoch()
                             ELSE CAST(unixepoch('subsec') * 1000 AS INTEGER) END
    WHEN 'real' THEN CASE WHEN ${column} BETWEEN 1721425.5 AND 5373484.5 THEN julianday() ELSE unixepoch('subsec') END
    ELSE CASE WHEN instr(${column}, 'T') = 11 THEN strftime('%Y-%m-%dT%H:%M:%fZ') ELSE strftime('%Y-%m-%d %H:%M:%f') END END`;
}

/** In the same transaction, after every trigger; whatever the scope, which the columns written along may have left. */
async function readBack(attempt: Attempt, key: Key): Promise<SourceRecord> {
  const { session, select, writable, change } = attempt;
  const { sql, params } = select.byKeys([key], true);
  const { rows } = await session.run(sql, params);
  const [row, ...others]: readonly Row[] = rows.filter((read) => keyOf(read, select) === change.key);
  if (others.length > 0) throw notUnique();
  if (row === undefined) throw notKept('the record is no longer there after the write');
  const record = toRecord(row, select, writable.column);
  if (!sameText(record.passwordHash, change.replacement))
    throw notKept('the stored hash differs from the one written: a trigger or the column changed it');
  await checkAlso(attempt, key);
  return record;
}

/** Compared with what the column makes of the value: its affinity is not a trigger's doing. */
async function checkAlso({ session, select, writable }: Attempt, key: Key): Promise<void> {
  const fixed = Object.entries(writable.also).filter(([, value]) => value !== 'now');
  if (fixed.length === 0) return;
  const kept = fixed.map(([name, value]) => {
    const sql = `CAST(r.${quote(name)} IS ? COLLATE BINARY AS TEXT)`;
    return { sql, params: [written(value)] };
  });
  const where = whereKey(select, key);
  const { rows } = await session.run(
    `SELECT ${kept.map(({ sql }) => sql).join(', ')} FROM ${quote(parseTableName(writable.table))} AS r WHERE ${where.sql}`,
    [...kept.flatMap(({ params }) => params), ...where.params],
  );
  const lost = fixed.filter((_, at) => rows[0]?.[at] !== '1').map(([name]) => name);
  if (lost.length > 0) throw notKept(`something else than what was written is stored in ${lost.join(', ')}`);
}

function whereKey(select: Select, key: Key): Statement {
  const parts = key.map((part, at) => {
    const value = placeholder(part);
    return {
      sql: isExactly(`r.${quote(select.key[at] ?? '')}`, value),
      params: [bind(part), bind(part), bind(part)],
    };
  });
  return { sql: parts.map(({ sql }) => sql).join(' AND '), params: parts.flatMap(({ params }) => params) };
}

function sameText(a: Secret | null, b: Secret | null): boolean {
  return a === null || b === null ? a === b : a.reveal() === b.reveal();
}

function notKept(message: string): ConnectorError {
  return new ConnectorError('WRITE_NOT_KEPT', message);
}
