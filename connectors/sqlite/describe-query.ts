import type { Source } from '../contract/definition.ts';
import { namesOnce, QUERY_SAMPLE, querySchema, type QueryColumn } from '../contract/query-schema.ts';
import type { QuerySchema } from '../contract/schema.ts';
import { quote } from './identifiers.ts';
import type { Pool, Session } from './pool.ts';
import { described } from './select.ts';
import { queryColumns, sourceItem, withCommon } from './shape.ts';
import { readValue } from './values.ts';

/** Samples are a help, not a promise. */
const SAMPLE_MS = 10_000;

/** See Connector.describeQuery. The columns of a query have no type of their own: it is that of what they hold. */
export async function describeQuery(pool: Pool, source: Source, signal: AbortSignal): Promise<QuerySchema> {
  const names = namesOnce(await pool.read(signal, async (session) => await queryColumns(session, source)));
  try {
    const columns = await pool.read(
      signal,
      async (session) => await sample(session, { source, names }),
      SAMPLE_MS,
    );
    return querySchema(columns);
  } catch {
    // Columns without samples are worth listing too; an abort is not swallowed.
    signal.throwIfAborted();
    return querySchema(names.map((name) => ({ name, type: '', values: [] })));
  }
}

async function sample(
  session: Session,
  { source, names }: { readonly source: Source; readonly names: readonly string[] },
): Promise<readonly QueryColumn[]> {
  const { common, from } = sourceItem(source);
  const list = names.map((name) => described(`r.${quote(name)}`)).join(', ');
  const { rows } = await session.run(
    `${withCommon(common)}SELECT ${list} FROM ${from} LIMIT ${String(QUERY_SAMPLE.rows)}`,
  );
  return names.map((name, at) => {
    const read = rows.map((row) => readValue(row, at, session.encoding));
    const kinds = new Set(read.map(({ kind }) => kind).filter((kind) => kind !== 'null'));
    return {
      name,
      type: kinds.size === 1 ? [...kinds].join('') : '',
      values: read.map(({ text }) => text?.slice(0, QUERY_SAMPLE.characters) ?? null),
    };
  });
}
