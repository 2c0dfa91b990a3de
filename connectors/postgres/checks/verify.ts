import { randomBytes } from 'node:crypto';
import type { Finding } from '../../contract/connector.ts';
import { Secret } from '../../contract/secret.ts';
import { readPage } from '../read-page.ts';
import { createReader } from '../reader.ts';
import { askVerifier } from '../verify-password.ts';
import { fault } from './faults.ts';
import { passed, problem, type CheckSubject } from './subject.ts';

/** Asks about the first record with a password that is nobody's, the way a sign-in does. */
export async function checkVerify(subject: CheckSubject, signal: AbortSignal): Promise<readonly Finding[]> {
  const { pool, options } = subject;
  const { verifyQuery: query } = options;
  if (query === undefined) return [];
  const reader = createReader(pool, options);
  const { records } = await readPage(reader, { after: null, limit: 1 }, signal);
  const [first] = records;
  // That there is nobody to ask about is said of the rows.
  if (first === undefined) return [];
  const password = new Secret(randomBytes(18).toString('base64url'));
  try {
    if (!(await askVerifier(reader, { query, key: first.key, password }, signal)))
      return [passed('verify', 'the database answers whether a password is right')];
    return [takesAnything()];
  } catch (error) {
    signal.throwIfAborted();
    return [ofTheQuery(fault(error, subject, { step: 'verify', phase: 'read' }))];
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
