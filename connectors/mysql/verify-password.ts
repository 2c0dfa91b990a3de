import { ConnectorError } from '../contract/errors.ts';
import { decodeKey, type RecordKey } from '../contract/record.ts';
import type { Secret } from '../contract/secret.ts';
import { toConnectorError } from './failures.ts';
import { textRows } from './query.ts';
import { notUnique } from './read-page.ts';
import type { Reader } from './reader.ts';

/** A person waits for the answer, and everybody who is refused waits as long. */
const LIMIT_MS = 2_000;
/** Column types of the protocol: whole numbers, which is what conditions are here. */
const WHOLE = new Set([1, 2, 3, 8, 9]);

export interface VerifyRequest {
  /** A question mark for each part of the key, in their order, and one for the password. */
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
  if (parts === null) return false;
  const answer = await pool.read(signal, (run) => run(query, [...parts, password.reveal()]), LIMIT_MS);
  const [field, ...others] = answer.fields;
  if (others.length > 0 || !WHOLE.has(field?.columnType ?? -1))
    throw new ConnectorError('SOURCE_QUERY_REFUSED', 'the query answers something else than one condition');
  const [row, ...more] = textRows(answer);
  if (more.length > 0) throw notUnique();
  return row?.[0] === '1';
}

/** A function that raises quotes what it was given: only the code goes on. */
function withoutWords(error: unknown): ConnectorError {
  return new ConnectorError(toConnectorError(error, 'read').code, 'the query that checks passwords failed');
}
