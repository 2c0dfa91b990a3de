import { randomBytes } from 'node:crypto';
import type { Finding } from '../connector.ts';
import type { RecordKey } from '../record.ts';
import { Secret } from '../secret.ts';
import type { VerifyRequest } from '../verify-password.ts';
import { passed, problem } from './findings.ts';

export interface TriedVerifier {
  /** Of `password.verify`; undefined: there is nothing to try. */
  readonly query: string | undefined;
  /** The first record; that there is none is said of the rows. */
  readonly first: () => Promise<{ readonly records: readonly { readonly key: RecordKey }[] }>;
  readonly ask: (request: VerifyRequest) => Promise<boolean>;
  /** See {@link Gather}. */
  readonly fault: (error: unknown) => Finding;
}

/** Asks about the first record with a password that is nobody's, the way a sign-in does. */
export async function tryVerifier(tried: TriedVerifier, signal: AbortSignal): Promise<readonly Finding[]> {
  const { query, first, ask, fault } = tried;
  const key = query === undefined ? undefined : (await first()).records[0]?.key;
  if (query === undefined || key === undefined) return [];
  const password = new Secret(randomBytes(18).toString('base64url'));
  try {
    if (await ask({ query, key, password })) return [takesAnything()];
    return [passed('verify', 'the database answers whether a password is right')];
  } catch (error) {
    signal.throwIfAborted();
    return [ofTheQuery(fault(error))];
  }
}

function takesAnything(): Finding {
  return problem('verify', {
    code: 'VERIFY_TAKES_ANYTHING',
    message: 'The query of password.verify says yes to a password that was made up.',
    remedy: 'Have it compare the password with what is stored for the record of this key.',
  });
}

/** What stands in the remedies is about the source; here it is another query. */
function ofTheQuery(finding: Finding): Finding {
  if (finding.code !== 'SOURCE_QUERY_REFUSED' && finding.code !== 'SOURCE_SCHEMA_CHANGED') return finding;
  const remedy =
    'Mend password.verify.query: one statement that only reads and answers one condition, and functions that write nothing.';
  return { ...finding, message: `password.verify: ${finding.message}`, remedy };
}
