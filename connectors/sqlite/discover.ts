import type { ColumnSchema, ProviderSchema, TableSchema } from '../contract/schema.ts';
import { printTableName, quote } from './identifiers.ts';
import type { Pool, Session } from './pool.ts';
import { findRelation, textOf, type Relation } from './relation.ts';
import { described } from './select.ts';
import { readValue } from './values.ts';

/** Samples are a help, not a promise: a statement gets two seconds, all together twenty. */
const SAMPLE_MS = 2_000;
const BUDGET_MS = 20_000;
const SAMPLE_ROWS = 200;
const SAMPLE_VALUES = 20;
/** Longer than any hash, shorter than a picture. */
const SAMPLE_CHARACTERS = 512;
const MAX_TABLES = 500;
/** Counting further than this takes longer than knowing is worth. */
const MAX_COUNT = 1_000_000;

/** See Connector.discover. SQLite's own tables are left out. */
export async function discoverSchema(pool: Pool, signal: AbortSignal): Promise<ProviderSchema> {
  const relations = await pool.read(signal, listRelations);
  const late = performance.now() + BUDGET_MS;
  const tables: TableSchema[] = [];
  for (const { relation, key } of relations) {
    const inTime = performance.now() < late;
    const facts = inTime ? await lookInto(pool, relation, signal) : NOTHING;
    tables.push(describeTable(relation, key, facts));
  }
  return { tables };
}

interface Known {
  readonly relation: Relation;
  readonly key: readonly string[];
}

async function listRelations(session: Session): Promise<readonly Known[]> {
  const { rows } = await session.run(
    `SELECT CAST(name AS BLOB) FROM sqlite_schema
      WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      ORDER BY name LIMIT ${String(MAX_TABLES)}`,
  );
  const known: Known[] = [];
  for (const [value] of rows) {
    const name = textOf(value ?? null, session);
    const relation = name === null ? null : await findRelation(session, quote(name)).catch(() => null);
    if (relation !== null) known.push({ relation, key: await keyOf(session, relation) });
  }
  return known;
}

/** The primary key, else the smallest unique index without a column that may be NULL. */
async function keyOf(session: Session, relation: Relation): Promise<readonly string[]> {
  if (relation.primaryKey.length > 0) return relation.primaryKey;
  const indexes = await uniqueIndexes(session, relation);
  const whole = indexes.filter((names) =>
    names.every((name) => relation.columns.get(name)?.nullable === false),
  );
  return whole.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

/** The columns of every unique index that covers all rows. */
export async function uniqueIndexes(
  session: Session,
  relation: Relation,
): Promise<readonly (readonly string[])[]> {
  const { rows } = await session.run(
    `SELECT CAST(i.name AS BLOB), CAST(c.name AS BLOB)
       FROM pragma_index_list(?) AS i JOIN pragma_index_info(i.name) AS c
      WHERE i."unique" = 1 AND i.partial = 0 ORDER BY i.seq, c.seqno`,
    [relation.name],
  );
  const indexes = new Map<string, (string | null)[]>();
  for (const [index, column] of rows) {
    const name = textOf(index ?? null, session) ?? '';
    indexes.set(name, [...(indexes.get(name) ?? []), textOf(column ?? null, session)]);
  }
  // An expression has no name.
  return [...indexes.values()].filter((names): names is string[] => names.every((name) => name !== null));
}

interface Facts {
  readonly samples: ReadonlyMap<string, readonly string[]>;
  readonly rows: number | null;
}

const NOTHING: Facts = { samples: new Map(), rows: null };

async function lookInto(pool: Pool, relation: Relation, signal: AbortSignal): Promise<Facts> {
  try {
    return await pool.read(signal, async (session) => await sample(session, relation), SAMPLE_MS);
  } catch {
    // A view that fails or takes too long is still worth listing; an abort is not swallowed.
    signal.throwIfAborted();
    return NOTHING;
  }
}

async function sample(session: Session, relation: Relation): Promise<Facts> {
  const names = [...relation.columns.keys()];
  const table = `${quote(relation.name)} AS r`;
  const list = names.map((name) => described(`r.${quote(name)}`)).join(', ');
  const { rows } = await session.run(`SELECT ${list} FROM ${table} LIMIT ${String(SAMPLE_ROWS)}`);
  const valuesAt = (at: number): readonly string[] =>
    rows.flatMap((row) => readValue(row, at, session.encoding).text?.slice(0, SAMPLE_CHARACTERS) ?? []);
  return {
    samples: new Map(names.map((name, at) => [name, [...new Set(valuesAt(at))].slice(0, SAMPLE_VALUES)])),
    rows: relation.view ? null : await countUpTo(session, relation),
  };
}

async function countUpTo(session: Session, relation: Relation): Promise<number | null> {
  const { rows } = await session.run(
    `SELECT CAST(count(*) AS TEXT) FROM (SELECT 1 FROM ${quote(relation.name)} LIMIT ${String(MAX_COUNT + 1)})`,
  );
  const count = Number(rows[0]?.[0] ?? 0);
  return count > MAX_COUNT ? null : count;
}

function describeTable(relation: Relation, key: readonly string[], facts: Facts): TableSchema {
  return {
    name: printTableName(relation.name),
    kind: relation.view ? 'view' : 'table',
    key,
    columns: [...relation.columns].map(([name, { type, nullable }]): ColumnSchema => ({
      name,
      type,
      nullable,
      sample: facts.samples.get(name) ?? [],
    })),
    estimatedRows: facts.rows,
  };
}
