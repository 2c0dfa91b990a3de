import { ConnectorError } from '../contract/errors.ts';
import { VERIFY_LIMIT_MS, withoutWords, type VerifyRequest } from '../contract/verify-password.ts';
import { bind } from './key-value.ts';
import { findRows, notUnique } from './read-records.ts';
import type { Reader } from './reader.ts';
import { proveQuery } from './shape.ts';
import { keyValues } from './values.ts';

/** See PasswordVerifier.verify. `?1` and on: the parts of the key; the one after them: the password. */
export async function verifyPassword(
  reader: Reader,
  request: VerifyRequest,
  signal: AbortSignal,
): Promise<boolean> {
  return await withoutWords(
    () => askVerifier(reader, request, signal),
    (error) => error,
    signal,
  );
}

/** The same, and what SQLite says goes on: for passwords that are nobody's. */
export async function askVerifier(
  reader: Reader,
  { query, key, password }: VerifyRequest,
  signal: AbortSignal,
): Promise<boolean> {
  return await reader.pool.read(
    signal,
    async (session) => {
      await proveQuery(session, query);
      const select = await reader.select(session);
      const record = (await findRows(session, select, new Set([key]))).get(key);
      if (record === undefined) return false;
      // As the file holds it: a text that looks like a number is not equal to one.
      const parts = keyValues(record, select).map(bind);
      const { rows } = await session.run(asked(query), [...parts, password.reveal()]);
      const [row, ...others] = rows;
      if (others.length > 0) throw notUnique();
      const [type, value] = row ?? ['null', null];
      if (type !== 'integer' && type !== 'null')
        throw new ConnectorError(
          'SOURCE_QUERY_REFUSED',
          'the query answers something else than one condition',
        );
      return value === '1';
    },
    VERIFY_LIMIT_MS,
  );
}

/** Gives the one column a name, whatever the query calls it; another number of columns is an error. */
function asked(query: string): string {
  return `SELECT typeof(v), CAST(v AS TEXT) FROM (SELECT NULL AS v WHERE false UNION ALL SELECT * FROM (\n${query}\n))`;
}
