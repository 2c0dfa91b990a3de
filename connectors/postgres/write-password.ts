import type { PasswordChange, PasswordOutcome } from '../contract/connector.ts';
import type { AlsoValue } from '../contract/definition.ts';
import { ConnectorError } from '../contract/errors.ts';
import { decodeKey, type SourceRecord } from '../contract/record.ts';
import { comparedOf, sameSecret, type Writable } from '../contract/writable.ts';
import { writtenAlong } from '../contract/written-along.ts';
import { advanceTo } from './advance.ts';
import { sqlState } from './failures.ts';
import { quote } from './identifiers.ts';
import type { Run } from './pool.ts';
import { keyOf, notUnique } from './read-page.ts';
import type { Reader } from './reader.ts';
import type { Select } from './select.ts';
import type { ColumnShape, Shape } from './shape.ts';
import { toRecord } from './values.ts';

interface Attempt {
  readonly run: Run;
  readonly select: Select;
  readonly shape: Shape;
  readonly writable: Writable;
  /** Null where hashes are not read. */
  readonly passwordColumn: string | null;
  readonly key: readonly string[];
  /** A condition that finds the record, and perhaps others whose keys the server takes for equal. */
  readonly keyEquals: string;
  readonly change: PasswordChange;
}

/** See PasswordWriter.replace. */
export async function replacePassword(
  reader: Reader,
  about: { readonly writable: Writable; readonly change: PasswordChange },
  signal: AbortSignal,
): Promise<PasswordOutcome> {
  const key = decodeKey(about.change.key, reader.options.source.key.length);
  if (key === null || about.change.key.includes('\0')) return { outcome: 'missing' };
  return await reader.pool.write(signal, async (run) => {
    const shape = await reader.shape(run);
    const select = await reader.select(run);
    const writable = { ...about.writable, also: writtenAlong(about.writable.also, about.change) };
    const { passwordColumn } = reader.options;
    const keyEquals = select.keyEquals(1);
    const { change } = about;
    return await compareAndSet({ run, select, shape, key, keyEquals, change, writable, passwordColumn });
  });
}

/** See PasswordWriter.capacity. */
export async function readCapacity(
  reader: Reader,
  column: string,
  signal: AbortSignal,
): Promise<number | null> {
  return await reader.pool.read(signal, async (run) => (await reader.shape(run)).column(column).capacity);
}

async function compareAndSet(attempt: Attempt): Promise<PasswordOutcome> {
  const { change, writable } = attempt;
  if (!(await isKeyOfItsType(attempt))) return { outcome: 'missing' };
  const current = await lockRecord(attempt);
  if (current === null) return { outcome: 'missing' };
  // Compared here, not by the server: its collation may take two different texts for equal.
  const compared = comparedOf(current, writable);
  if (writable.compare === null && sameSecret(compared, change.replacement))
    return { outcome: 'already', record: current };
  if (!sameSecret(compared, change.expected)) return { outcome: 'conflict', current };
  const found = { ...attempt, keyEquals: await narrowed(attempt) };
  await update(found);
  const record = await readBack(found);
  if (writable.compare !== null) await change.beforeCommit?.(record.values[writable.compare.name] ?? null);
  return { outcome: 'written', record };
}

async function isKeyOfItsType({ run, select, key }: Attempt): Promise<boolean> {
  const { sql, params } = select.castKeys([key]);
  await run('SAVEPOINT key');
  try {
    await run(sql, params);
    return true;
  } catch (error) {
    if (!sqlState(error).startsWith('22')) throw error;
    await run('ROLLBACK TO SAVEPOINT key');
    return false;
  }
}

/** The weakest lock that keeps others from changing the row: rows that refer to it can still be written. */
async function lockRecord(attempt: Attempt): Promise<SourceRecord | null> {
  const { select } = attempt;
  return await readOne(
    attempt,
    `SELECT ${select.list()} FROM ${select.from}
      WHERE ${select.scope()} AND ${attempt.keyEquals} FOR NO KEY UPDATE OF r`,
  );
}

/**
 * With the scope where records out of it have the same key, as one row for each language of a person. Without it
 * where none have: what is written along may lead out of the scope.
 */
async function narrowed({ run, select, key, keyEquals }: Attempt): Promise<string> {
  const { rows } = await run(`SELECT '' FROM ${select.from} WHERE ${keyEquals} LIMIT 2`, key);
  return rows.length > 1 ? `${select.scope()} AND ${keyEquals}` : keyEquals;
}

async function update(attempt: Attempt): Promise<void> {
  const { run, select, shape, writable, key, keyEquals, change } = attempt;
  const params: (string | null)[] = [...key];
  const assign = (column: ColumnShape, value: AlsoValue): string => {
    if (value === 'now') return `${quote(column.name)} = ${nowAs(column)}`;
    params.push(asText(value, column));
    return `${quote(column.name)} = $${String(params.length)}::text::${column.type}`;
  };
  const also = [
    ...Object.entries(writable.also).map(([name, value]) => assign(shape.column(name), value)),
    ...advance(attempt),
  ];
  params.push(change.replacement.reveal());
  const password = shape.column(writable.column);
  const hash = `${quote(password.name)} = $${String(params.length)}::text::${password.type}`;
  const { count } = await run(
    `UPDATE ${select.from} SET ${[hash, ...also].join(', ')} WHERE ${keyEquals} AND ${sameKeyText(select)}`,
    params,
  );
  if (count > 1) throw notUnique();
  if (count === 0) throw notKept('a rule, a trigger or a row policy kept the row from being written');
}

function advance({ writable: { compare }, shape }: Attempt): readonly string[] {
  if (compare === null) return [];
  const next = advanceTo(shape.column(compare.name), compare.asTime);
  return next === null ? [] : [`${quote(compare.name)} = ${next}`];
}

/** In the same transaction, after every trigger; without the scope, which the columns written along may have left. */
async function readBack(attempt: Attempt): Promise<SourceRecord> {
  const { select, change, writable } = attempt;
  const record = await readOne(
    attempt,
    `SELECT ${select.list()} FROM ${select.from} WHERE ${attempt.keyEquals}`,
  );
  if (record === null) throw notKept('the record is no longer there after the write');
  const compared = comparedOf(record, writable);
  if (writable.compare !== null && sameSecret(compared, change.expected))
    throw notKept(
      `${writable.compare.name} did not move on with the write: nothing would tell it from the next`,
    );
  if (writable.compare === null && !sameSecret(compared, change.replacement))
    throw notKept('the stored hash differs from the one written: a trigger or the column changed it');
  await checkAlso(attempt);
  return record;
}

/** Compared with what the column makes of the value: its length and precision are not a trigger's doing. */
async function checkAlso({ run, select, shape, writable, key, keyEquals }: Attempt): Promise<void> {
  const fixed = Object.entries(writable.also).filter(([, value]) => value !== 'now');
  if (fixed.length === 0) return;
  const params: (string | null)[] = [...key];
  const kept = fixed.map(([name, value]) => {
    const column = shape.column(name);
    params.push(asText(value, column));
    const expected = `$${String(params.length)}::text::${column.type}::${column.fullType}::text`;
    return `(r.${quote(name)}::text IS NOT DISTINCT FROM ${expected})::text`;
  });
  const { rows } = await run(
    `SELECT ${kept.join(', ')} FROM ${select.from} WHERE ${keyEquals} AND ${sameKeyText(select)}`,
    params,
  );
  const lost = fixed.filter((_, at) => rows[0]?.[at] !== 'true').map(([name]) => name);
  if (lost.length > 0) throw notKept(`something else than what was written is stored in ${lost.join(', ')}`);
}

async function readOne(
  { run, select, key, passwordColumn, change }: Attempt,
  sql: string,
): Promise<SourceRecord | null> {
  const { rows } = await run(sql, key);
  const same = rows.filter((row) => keyOf(row, select.key.length) === change.key);
  if (same.length > 1) throw notUnique();
  const row = same[0];
  return row === undefined ? null : toRecord(row, select, passwordColumn);
}

/** Byte for byte, whatever the key's type and collation take for equal; the parts are the first parameters. */
function sameKeyText(select: Select): string {
  return select.key
    .map((name, at) => `r.${quote(name)}::text = $${String(at + 1)} COLLATE "C"`)
    .join(' AND ');
}

/** Columns of numbers hold times as seconds since 1970. */
function nowAs(column: ColumnShape): string {
  const numeric = /^(smallint|integer|bigint|numeric|real|double precision)$/.test(column.type);
  return numeric ? `floor(extract(epoch FROM now()))::${column.type}` : 'now()';
}

/** Flags are kept as numbers in many schemas; PostgreSQL does not read `true` as one. */
function asText(value: AlsoValue, column: ColumnShape): string | null {
  if (value === null) return null;
  const numeric = /^(smallint|integer|bigint|numeric)$/.test(column.type);
  return typeof value === 'boolean' && numeric ? String(Number(value)) : String(value);
}

function notKept(message: string): ConnectorError {
  return new ConnectorError('WRITE_NOT_KEPT', message);
}
