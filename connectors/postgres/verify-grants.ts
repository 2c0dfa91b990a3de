import type { ServerOptions } from '../contract/connector.ts';
import { parseTableName, quote } from './identifiers.ts';

/** A query that is one call of a function with the parameters, cast or not, and nothing else. */
const CALL =
  /^\s*select\s+(?<name>(?:(?<schema>"(?:[^"]|"")+"|[a-z_][\w$]*)\s*\.\s*)?(?:"(?:[^"]|"")+"|[a-z_][\w$]*))\s*\((?:\s*\$\d+\s*(?:::\s*[\w. ]+)?,?)+\)\s*;?\s*$/i;

/** The statements that the query of `password.verify` needs; only its author knows what one reads that is no plain call. */
export function verifyGrants({ verifyQuery, source }: ServerOptions, role: string): readonly string[] {
  if (verifyQuery === undefined) return [];
  const { name, schema } = CALL.exec(verifyQuery)?.groups ?? {};
  if (name === undefined)
    return [
      '-- For every table that the query of password.verify reads and every function that it calls:',
      `--   GRANT SELECT (…) ON … TO ${role};`,
      `--   GRANT EXECUTE ON FUNCTION … TO ${role};`,
    ];
  return [
    ...(schema === undefined || isGranted(source.table, schema)
      ? []
      : [`GRANT USAGE ON SCHEMA ${schema} TO ${role};`]),
    `GRANT EXECUTE ON FUNCTION ${name} TO ${role};`,
  ];
}

/** Whether the schema is that of the table, as the server reads both names. */
function isGranted(table: string | undefined, schema: string): boolean {
  if (table === undefined) return false;
  const folded = schema.startsWith('"') ? schema : quote(schema.toLowerCase());
  return folded === quote(parseTableName(table).schema ?? 'public');
}
