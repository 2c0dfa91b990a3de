import { ConnectorError } from '../contract/errors.ts';
import { decodeKey, type RecordKey } from '../contract/record.ts';
import type { Secret } from '../contract/secret.ts';
import { toConnectorError } from './failures.ts';
import { notUnique } from './read-page.ts';
import type { Reader } from './reader.ts';

/** A person waits for the answer, and everybody who is refused waits as long. */
const LIMIT_MS = 2_000;
/** PostgreSQL's number for `boolean`. */
const BOOLEAN = 16;

export interface VerifyRequest {
  /** `$1` and on: the parts of the key; the one after them: the password. */
  readonly query: string;
  readonly key: RecordKey;
  readonly password: Secret;
}

/** See PasswordVerifier.verify. */
export async function verifyPassword(
  reader: Reader,
  request: VerifyRequest,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    return await askVerifier(reader, request, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw withoutWords(error);
  }
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
  const ask = pool.read(signal, (run) => run(query, [...parts, password.reveal()]), LIMIT_MS);
  const { rows, fields } = await ask;
  if (fields.length !== 1 || fields[0]?.dataTypeID !== BOOLEAN)
    throw new ConnectorError('SOURCE_QUERY_REFUSED', 'the query answers something else than one boolean');
  if (rows.length > 1) throw notUnique();
  return rows[0]?.[0] === 't';
}

/** What the server says may quote the password, as a function that raises does: only the code goes on. */
function withoutWords(error: unknown): ConnectorError {
  return new ConnectorError(toConnectorError(error, 'read').code, 'the query that checks passwords failed');
}
