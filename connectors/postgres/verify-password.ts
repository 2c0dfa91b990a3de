import { ConnectorError } from '../contract/errors.ts';
import { decodeKey } from '../contract/record.ts';
import { VERIFY_LIMIT_MS, withoutWords, type VerifyRequest } from '../contract/verify-password.ts';
import { toConnectorError } from './failures.ts';
import { notUnique } from './read-page.ts';
import type { Reader } from './reader.ts';

/** PostgreSQL's number for `boolean`. */
const BOOLEAN = 16;

/** See PasswordVerifier.verify. `$1` and on: the parts of the key; the one after them: the password. */
export async function verifyPassword(
  reader: Reader,
  request: VerifyRequest,
  signal: AbortSignal,
): Promise<boolean> {
  return await withoutWords(
    () => askVerifier(reader, request, signal),
    (error) => toConnectorError(error, 'read'),
    signal,
  );
}

/** The same, and what the server says may quote the password: for passwords that are nobody's. */
export async function askVerifier(
  { pool, options }: Reader,
  { query, key, password }: VerifyRequest,
  signal: AbortSignal,
): Promise<boolean> {
  const parts = decodeKey(key, options.source.key.length);
  // No text of PostgreSQL holds a NUL.
  if (parts === null || key.includes('\0') || password.reveal().includes('\0')) return false;
  const ask = pool.read(signal, (run) => run(query, [...parts, password.reveal()]), VERIFY_LIMIT_MS);
  const { rows, fields } = await ask;
  if (fields.length !== 1 || fields[0]?.dataTypeID !== BOOLEAN)
    throw new ConnectorError('SOURCE_QUERY_REFUSED', 'the query answers something else than one boolean');
  if (rows.length > 1) throw notUnique();
  return rows[0]?.[0] === 't';
}
