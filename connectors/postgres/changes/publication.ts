import { ConnectorError } from '../../contract/errors.ts';
import { parseTableName, quoteTable } from '../identifiers.ts';
import type { Run } from '../pool.ts';
import type { ServerOptions } from '../../contract/connector.ts';
import { traceName } from './names.ts';

/** A publication as the catalogue has it. */
export interface Publication {
  /** Which one it is, with what is in it; another text means that changes may have been left out. */
  readonly mark: string;
  readonly tableOid: string;
  /** Whether the table is in it, with its key, unfiltered, and for every kind of change. */
  readonly whole: boolean;
}

/**
 * Catalogues differ between versions, so rows are read as JSON and columns that
 * are not there are null. A publication of all tables has no row for ours.
 */
const FIND = `
  SELECT p.oid::text, c.oid::text,
         (p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate)::text,
         (p.puballtables OR (r.oid IS NOT NULL AND to_jsonb(r) ->> 'prqual' IS NULL))::text,
         to_jsonb(r) ->> 'prattrs', coalesce(r.oid, 0)::text,
         (SELECT string_agg(a.attnum::text, ' ') FROM pg_attribute a
           WHERE a.attrelid = c.oid AND a.attname = ANY ($3::text::text[]))
    FROM pg_publication p
    LEFT JOIN pg_class c ON c.oid = to_regclass($2)
    LEFT JOIN pg_publication_rel r ON r.prpubid = p.oid AND r.prrelid = c.oid
   WHERE p.pubname = $1`;

/** @returns null when there is none of our name. */
export async function findPublication(run: Run, options: ServerOptions): Promise<Publication | null> {
  const table = quoteTable(parseTableName(options.source.table ?? ''));
  const key = `{${options.source.key.map((name) => `"${name.replaceAll(/["\\\\]/g, '\\$&')}"`).join()}}`;
  const { rows } = await run(FIND, [traceName(options.name), table, key]);
  const [row] = rows;
  if (row === undefined) return null;
  const [oid, tableOid, everything, contained, columns, member, keyColumns] = row;
  // An int2vector, which some versions print as an array.
  const published = columns?.match(/\d+/g);
  const keyed = (keyColumns ?? '').split(' ').every((column) => published?.includes(column) ?? true);
  return {
    mark: `${oid ?? ''}.${member ?? ''}.${published?.join() ?? '*'}.`,
    tableOid: tableOid ?? '0',
    whole: everything === 'true' && contained === 'true' && keyed,
  };
}

/** @throws ConnectorError `CHANGES_UNAVAILABLE` when it is absent, or leaves out what is needed. */
export async function requirePublication(run: Run, options: ServerOptions): Promise<Publication> {
  const found = await findPublication(run, options);
  const name = traceName(options.name);
  if (found === null) throw new ConnectorError('CHANGES_UNAVAILABLE', `there is no publication ${name}`);
  if (found.whole) return found;
  throw new ConnectorError(
    'CHANGES_UNAVAILABLE',
    `the publication ${name} leaves out the table, its key, some records or some kinds of changes`,
  );
}
