import type { PasswordChange, PasswordOutcome } from '../contract/connector.ts';
import { ConnectorError } from '../contract/errors.ts';
import { decodeKey, type SourceRecord } from '../contract/record.ts';
import { comparedOf, sameSecret, type Writable } from '../contract/writable.ts';
import { writtenAlong } from '../contract/written-along.ts';
import { advanceTo } from './advance.ts';
import { assignAlso, keptAlso } from './also.ts';
import { parseTableName, quote, quoteBytes, quoteText } from './identifiers.ts';
import type { Run } from './pool.ts';
import { textRows } from './query.ts';
import { notUnique } from './read-page.ts';
import type { Reader } from './reader.ts';
import type { Select } from './select.ts';
import { valueOf } from './text-of.ts';
import { keyOf, toRecord } from './values.ts';

interface Attempt {
  readonly run: Run;
  readonly select: Select;
  readonly writable: Writable;
  /** Null where hashes are not read. */
  readonly passwordColumn: string | null;
  /** A condition that finds the record, and perhaps others whose keys the server takes for equal. */
  readonly keyEquals: string;
  /** The same, exact to the byte. */
  readonly sameKey: string;
  readonly change: PasswordChange;
}

/** See PasswordWriter.replace. */
export async function replacePassword(
  reader: Reader,
  about: { readonly writable: Writable; readonly change: PasswordChange },
  signal: AbortSignal,
): Promise<PasswordOutcome> {
  const parts = decodeKey(about.change.key, reader.options.source.key.length);
  if (parts === null) return { outcome: 'missing' };
  return await reader.pool.write(signal, async (run) => {
    const select = await reader.select(run);
    const keyEquals = select.keyEquals(parts);
    if (keyEquals === null) return { outcome: 'missing' };
    const { change } = about;
    const writable = { ...about.writable, also: writtenAlong(about.writable.also, change) };
    const sameKey = select.sameKey(parts);
    const { passwordColumn } = reader.options;
    return await compareAndSet({ run, select, keyEquals, sameKey, change, writable, passwordColumn });
  });
}

/** See PasswordWriter.capacity. */
export async function readCapacity(
  reader: Reader,
  { table, column }: Writable,
  signal: AbortSignal,
): Promise<number | null> {
  const name = parseTableName(table);
  const schema = name.schema === null ? 'DATABASE()' : quoteText(name.schema);
  const rows = await reader.pool.read(signal, async (run) =>
    textRows(
      await run(
        `SELECT CHARACTER_MAXIMUM_LENGTH FROM information_schema.COLUMNS
          WHERE TABLE_SCHEMA = ${schema} AND TABLE_NAME = ${quoteText(name.table)} AND COLUMN_NAME = ${quoteText(column)}`,
      ),
    ),
  );
  const length = rows[0]?.[0] ?? null;
  return length === null ? null : Number(length);
}

async function compareAndSet(attempt: Attempt): Promise<PasswordOutcome> {
  const { change, writable } = attempt;
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

async function lockRecord(attempt: Attempt): Promise<SourceRecord | null> {
  const { select, keyEquals } = attempt;
  return await readOne(
    attempt,
    `SELECT ${select.list()} FROM ${select.from} WHERE ${select.scope()} AND ${keyEquals} FOR UPDATE`,
  );
}

/**
 * With the scope where records out of it have the same key, as one row for each language of a person. Without it
 * where none have: what is written along may lead out of the scope.
 */
async function narrowed({ run, select, keyEquals }: Attempt): Promise<string> {
  const { rows } = await run(`SELECT 1 FROM ${select.from} WHERE ${keyEquals} LIMIT 2`);
  return rows.length > 1 ? `${select.scope()} AND ${keyEquals}` : keyEquals;
}

/**
 * What is expected is a part of the condition too: a table whose engine has no
 * transactions holds no lock since it was compared.
 */
async function update(attempt: Attempt): Promise<void> {
  const { run, select, writable, change, keyEquals, sameKey } = attempt;
  const hash = `r.${quote(writable.column)} = ${quoteText(change.replacement.reveal())}`;
  const also = [
    ...Object.entries(writable.also).map(([name, value]) => assignAlso(value, select.column(name))),
    ...advance(attempt),
  ];
  const compared = select.column(writable.compare?.name ?? writable.column);
  const expected =
    change.expected === null
      ? `r.${quote(compared.name)} IS NULL`
      : `${valueOf(compared)} = ${quoteBytes(Buffer.from(change.expected.reveal()))}`;
  const { count } = await run(
    `UPDATE ${select.from} SET ${[hash, ...also].join(', ')} WHERE ${keyEquals} AND ${sameKey} AND ${expected}`,
  );
  if (count > 1) throw notUnique();
  if (count === 0) throw notKept('the record changed while it was being written');
}

function advance({ writable: { compare }, select }: Attempt): readonly string[] {
  if (compare === null) return [];
  const next = advanceTo(select.column(compare.name), compare.asTime);
  return next === null ? [] : [`r.${quote(compare.name)} = ${next}`];
}

/** In the same transaction, after every trigger; without the scope, which the columns written along may have left. */
async function readBack(attempt: Attempt): Promise<SourceRecord> {
  const { select, change, writable, keyEquals } = attempt;
  const record = await readOne(attempt, `SELECT ${select.list()} FROM ${select.from} WHERE ${keyEquals}`);
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

async function checkAlso({ run, select, writable, keyEquals, sameKey }: Attempt): Promise<void> {
  const checked = Object.entries(writable.also).flatMap(([name, value]) => {
    const kept = keptAlso(value, select.column(name));
    return kept === null ? [] : [{ name, kept }];
  });
  if (checked.length === 0) return;
  const list = checked.map(({ kept }) => `IF(${kept}, 'kept', 'lost')`).join(', ');
  const rows = textRows(await run(`SELECT ${list} FROM ${select.from} WHERE ${keyEquals} AND ${sameKey}`));
  const lost = checked.filter((_, at) => rows[0]?.[at] !== 'kept').map(({ name }) => name);
  if (lost.length > 0) throw notKept(`something else than what was written is stored in ${lost.join(', ')}`);
}

async function readOne(
  { run, select, passwordColumn, change }: Attempt,
  sql: string,
): Promise<SourceRecord | null> {
  const { rows } = await run(sql);
  const same = rows.filter((row) => keyOf(row, select) === change.key);
  if (same.length > 1) throw notUnique();
  const row = same[0];
  return row === undefined ? null : toRecord(row, select, passwordColumn);
}

function notKept(message: string): ConnectorError {
  return new ConnectorError('WRITE_NOT_KEPT', message);
}
