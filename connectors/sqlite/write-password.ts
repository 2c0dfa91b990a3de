import type { PasswordChange, PasswordOutcome } from '../contract/connector.ts';
import type { AlsoValue } from '../contract/definition.ts';
import { ConnectorError } from '../contract/errors.ts';
import type { SourceRecord } from '../contract/record.ts';
import type { Secret } from '../contract/secret.ts';
import { comparedOf, sameSecret, type Writable } from '../contract/writable.ts';
import { writtenAlong } from '../contract/written-along.ts';
import { advanceTo } from './advance.ts';
import type { Value } from './database-process.ts';
import { parseTableName, quote } from './identifiers.ts';
import { bind, placeholder } from './key-value.ts';
import { nowLike } from './now-like.ts';
import type { Row, Session } from './pool.ts';
import { findRows, notUnique } from './read-records.ts';
import type { Reader } from './reader.ts';
import { isExactly, type Key, type Select, type Statement } from './select.ts';
import { keyOf, keyValues, toRecord } from './values.ts';

interface Attempt {
  readonly session: Session;
  readonly select: Select;
  readonly writable: Writable;
  /** Null where hashes are not read. */
  readonly passwordColumn: string | null;
  readonly change: PasswordChange;
}

/** Where a record is found again. */
interface Place {
  readonly key: Key;
  readonly scoped: boolean;
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
    const { passwordColumn } = reader.options;
    const writable = { ...about.writable, also: writtenAlong(about.writable.also, change) };
    return await compareAndSet({ session, select, change, writable, passwordColumn });
  });
}

async function compareAndSet(attempt: Attempt): Promise<PasswordOutcome> {
  const { session, select, change, writable } = attempt;
  const row = (await findRows(session, select, new Set([change.key]))).get(change.key);
  if (row === undefined) return { outcome: 'missing' };
  const current = toRecord(row, select, attempt.passwordColumn);
  // Compared here, not by SQLite: a collation may take two different texts for equal.
  const compared = comparedOf(current, writable);
  if (writable.compare === null && sameSecret(compared, change.replacement))
    return { outcome: 'already', record: current };
  if (!sameSecret(compared, change.expected)) return { outcome: 'conflict', current };
  const place = await placeOf(attempt, keyValues(row, select));
  await update(attempt, place);
  const record = await readBack(attempt, place);
  if (writable.compare !== null) await change.beforeCommit?.(record.values[writable.compare.name] ?? null);
  return { outcome: 'written', record };
}

/**
 * With the scope where records out of it have the same key, as one row for each language of a person. Without it
 * where none have: what is written along may lead out of the scope.
 */
async function placeOf({ session, select }: Attempt, key: Key): Promise<Place> {
  const { sql, params } = select.byKeys([key], true);
  const { rows } = await session.run(sql, params);
  return { key, scoped: rows.length > 1 };
}

async function update({ session, select, writable, change }: Attempt, place: Place): Promise<void> {
  const hash = hashAssignment(writable.column, change.replacement);
  const also = Object.entries(writable.also).map(([name, value]) => assignment(name, value));
  const where = whereKey(select, place);
  const set = [hash, ...also, ...advance(writable)];
  const { changes } = await session.run(
    `UPDATE ${quote(parseTableName(writable.table))} AS r SET ${set.map(({ sql }) => sql).join(', ')} WHERE ${where.sql}`,
    [...set.flatMap(({ params }) => params), ...where.params],
  );
  if (changes > 1) throw notUnique();
}

function advance({ compare }: Writable): readonly Statement[] {
  if (compare === null) return [];
  return [{ sql: `${quote(compare.name)} = ${advanceTo(compare.name, compare.asTime)}`, params: [] }];
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

/** In the same transaction, after every trigger; whatever the scope, which the columns written along may have left. */
async function readBack(attempt: Attempt, place: Place): Promise<SourceRecord> {
  const { session, select, writable, change } = attempt;
  const { sql, params } = select.byKeys([place.key], !place.scoped);
  const { rows } = await session.run(sql, params);
  const [row, ...others]: readonly Row[] = rows.filter((read) => keyOf(read, select) === change.key);
  if (others.length > 0) throw notUnique();
  if (row === undefined) throw notKept('the record is no longer there after the write');
  const record = toRecord(row, select, attempt.passwordColumn);
  const compared = comparedOf(record, writable);
  if (writable.compare !== null && sameSecret(compared, change.expected))
    throw notKept(
      `${writable.compare.name} did not move on with the write: nothing would tell it from the next`,
    );
  if (writable.compare === null && !sameSecret(compared, change.replacement))
    throw notKept('the stored hash differs from the one written: a trigger or the column changed it');
  await checkAlso(attempt, place);
  return record;
}

/** Compared with what the column makes of the value: its affinity is not a trigger's doing. */
async function checkAlso({ session, select, writable }: Attempt, place: Place): Promise<void> {
  const fixed = Object.entries(writable.also).filter(([, value]) => value !== 'now');
  if (fixed.length === 0) return;
  const kept = fixed.map(([name, value]) => {
    const sql = `CAST(r.${quote(name)} IS ? COLLATE BINARY AS TEXT)`;
    return { sql, params: [written(value)] };
  });
  const where = whereKey(select, place);
  const { rows } = await session.run(
    `SELECT ${kept.map(({ sql }) => sql).join(', ')} FROM ${quote(parseTableName(writable.table))} AS r WHERE ${where.sql}`,
    [...kept.flatMap(({ params }) => params), ...where.params],
  );
  const lost = fixed.filter((_, at) => rows[0]?.[at] !== '1').map(([name]) => name);
  if (lost.length > 0) throw notKept(`something else than what was written is stored in ${lost.join(', ')}`);
}

function whereKey(select: Select, { key, scoped }: Place): Statement {
  const parts = key.map((part, at) => {
    const value = placeholder(part);
    return {
      sql: isExactly(`r.${quote(select.key[at] ?? '')}`, value),
      params: [bind(part), bind(part), bind(part)],
    };
  });
  const conditions = [...parts.map(({ sql }) => sql), ...(scoped ? [select.scope()] : [])];
  return { sql: conditions.join(' AND '), params: parts.flatMap(({ params }) => params) };
}

function notKept(message: string): ConnectorError {
  return new ConnectorError('WRITE_NOT_KEPT', message);
}
