import { ConnectorError } from './errors.ts';
import type { RecordKey } from './record.ts';
import type { Secret } from './secret.ts';

/** A person waits for the answer, and everybody who is refused waits as long. */
export const VERIFY_LIMIT_MS = 2_000;

/** What a query of `password.verify` is asked. */
export interface VerifyRequest {
  /** With a parameter for each part of the key, in their order, and then one for the password. */
  readonly query: string;
  readonly key: RecordKey;
  readonly password: Secret;
}

/**
 * What a server says may quote the password, as a function that raises does: of an
 * error only the code goes on. Other errors, and the reason of an abort, go on as they are.
 *
 * @param known makes errors of a database ours.
 */
export async function withoutWords(
  ask: () => Promise<boolean>,
  known: (error: unknown) => unknown,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    return await ask();
  } catch (error) {
    signal.throwIfAborted();
    const ours = known(error);
    if (!(ours instanceof ConnectorError)) throw ours;
    throw new ConnectorError(ours.code, 'the query that checks passwords failed');
  }
}
