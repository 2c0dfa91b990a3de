import { ConnectorError } from '../contract/errors.ts';
import { decodeKey } from '../contract/record.ts';
import { VERIFY_LIMIT_MS, withoutWords, type VerifyRequest } from '../contract/verify-password.ts';
import { toConnectorError } from './failures.ts';
import { textRows } from './query.ts';
import { notUnique } from './read-page.ts';
import type { Reader } from './reader.ts';

/** Column types of the protocol: whole numbers, which is what conditions are here. */
const WHOLE = new Set([1, 2, 3, 8, 9]);

/** See PasswordVerifier.verify. A question mark for each part of the key, in their order, and one for the password. */
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
  if (parts === null) return false;
  const answer = await pool.read(signal, (run) => run(query, [...parts, password.reveal()]), VERIFY_LIMIT_MS);
  const [field, ...others] = answer.fields;
  if (others.length > 0 || !WHOLE.has(field?.columnType ?? -1))
    throw new ConnectorError('SOURCE_QUERY_REFUSED', 'the query answers something else than one condition');
  const [row, ...more] = textRows(answer);
  if (more.length > 0) throw notUnique();
  return row?.[0] === '1';
}
