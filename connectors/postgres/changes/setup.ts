import type { ServerOptions } from '../../contract/connector.ts';
import { parseTableName, quote, quoteTable, quoteText } from '../identifiers.ts';
import { traceName } from './names.ts';

/*
 * The SQL that makes what a feed needs at the source, for a DBA to run. Printed
 * without having seen the table: what depends on it is decided as it runs.
 */

/** The statements that `changes.mode` needs besides rights; none for most. */
export function setupSql(options: ServerOptions): readonly string[] {
  const { changes, source } = options;
  if (source.table === undefined) return [];
  if (changes.mode === 'replication') return [publicationSql(options)];
  if (changes.mode === 'listen')
    return [functionSql(options), ...TRIGGERS.map((on) => triggerSql(options, on))];
  return [];
}

/**
 * Only the key is published: the log says which records changed, and they are
 * read again. A table whose updates would fail for being published is refused.
 */
export function publicationSql(options: ServerOptions): string {
  const table = tableOf(options);
  const name = quote(traceName(options.name));
  const keys = options.source.key.map((column) => quoteText(column)).join(', ');
  const columns = options.source.key.map(quote).join(', ');
  const how = `WITH (publish = 'insert, update, delete, truncate'VIA)`;
  const make = (list: string, via: string): string =>
    `EXECUTE ${quoteText(`CREATE PUBLICATION ${name} FOR TABLE ${table}${list} ${how.replace('VIA', via)}`)};`;
  return `DO $tributary$
DECLARE
  identity "char" := (SELECT relreplident FROM pg_class WHERE oid = ${quoteText(table)}::regclass);
  version int := current_setting('server_version_num')::int;
BEGIN
  IF identity <> 'f' AND NOT EXISTS (
    SELECT FROM pg_index AS i WHERE i.indrelid = ${quoteText(table)}::regclass
       AND CASE identity WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident ELSE false END
       AND (SELECT array_agg(a.attname::text ORDER BY a.attname::text) FROM pg_attribute AS a
             WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::int2[]))
         = (SELECT array_agg(k ORDER BY k) FROM unnest(ARRAY[${keys}]::text[]) AS k))
  THEN RAISE EXCEPTION 'source.key is not the replica identity of this table: publishing it would make every UPDATE fail';
  END IF;
  -- Where the version or the replica identity allows no list of columns, the log carries whole rows.
  IF version < 130000 THEN ${make('', '')}
  ELSIF version < 150000 OR identity = 'f' THEN ${make('', ', publish_via_partition_root = true')}
  ELSE ${make(` (${columns})`, ', publish_via_partition_root = true')}
  END IF;
END $tributary$;`;
}

/** So many keys fit into one notification; more are told as "many". */
const MANY = 100;
/** PostgreSQL takes less than 8,000 bytes. */
const MAX_PAYLOAD = 7_900;

/** Statements, not rows, are told of: a change of a million records costs the application one notification. */
export function functionSql(options: ServerOptions): string {
  const parts = options.source.key.map((column) => `${quote(column)}::text`);
  const names = parts.map((_, at) => `part${String(at)}`);
  const aliased = parts.map((part, at) => `${part} AS ${names[at] ?? ''}`).join(', ');
  const from = (...tables: string[]): string => {
    const rows = tables.map((table) => `SELECT ${aliased} FROM ${table}`).join(' UNION ');
    return `SELECT json_agg(json_build_array(${names.join(', ')}))::text INTO keys FROM (${rows} LIMIT ${String(MANY + 1)}) AS few;`;
  };
  const channel = quoteText(traceName(options.name));
  return `CREATE OR REPLACE FUNCTION ${functionName(options)}() RETURNS trigger LANGUAGE plpgsql AS $tributary$
DECLARE keys text;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN keys := 'truncate';
  ELSIF TG_OP = 'INSERT' THEN ${from('added')}
  ELSIF TG_OP = 'DELETE' THEN ${from('removed')}
  ELSE ${from('added', 'removed')}
  END IF;
  IF keys IS NULL THEN RETURN NULL; END IF;
  IF keys <> 'truncate' AND (octet_length(keys) > ${String(MAX_PAYLOAD)} OR json_array_length(keys::json) > ${String(MANY)})
  THEN keys := 'many';
  END IF;
  PERFORM pg_notify(${channel}, keys);
  RETURN NULL;
END $tributary$;`;
}

export const TRIGGERS = ['insert', 'update', 'delete', 'truncate'] as const;
export type TriggerEvent = (typeof TRIGGERS)[number];

const SEES: Readonly<Record<TriggerEvent, string>> = {
  insert: ' REFERENCING NEW TABLE AS added',
  update: ' REFERENCING OLD TABLE AS removed NEW TABLE AS added',
  delete: ' REFERENCING OLD TABLE AS removed',
  truncate: '',
};

export function triggerName(options: ServerOptions, event: TriggerEvent): string {
  return `${traceName(options.name)}_${event}`;
}

export function triggerSql(options: ServerOptions, event: TriggerEvent): string {
  const name = quote(triggerName(options, event));
  return `CREATE TRIGGER ${name} AFTER ${event.toUpperCase()} ON ${tableOf(options)}${SEES[event]}
  FOR EACH STATEMENT EXECUTE FUNCTION ${functionName(options)}();`;
}

/** In the schema of the table, whose owner makes it. */
export function functionName(options: ServerOptions): string {
  const { schema } = parseTableName(options.source.table ?? '');
  return quoteTable({ schema: schema ?? 'public', table: traceName(options.name) });
}

/** The table as SQL; a name without a schema is taken for one of `public`, as the printed grants do. */
export function tableOf(options: ServerOptions): string {
  const { schema, table } = parseTableName(options.source.table ?? '');
  return quoteTable({ schema: schema ?? 'public', table });
}
