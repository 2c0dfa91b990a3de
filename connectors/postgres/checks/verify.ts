import type { Finding } from '../../contract/connector.ts';
import { tryVerifier } from '../../contract/checks/verify.ts';
import { readPage } from '../read-page.ts';
import { createReader } from '../reader.ts';
import { askVerifier } from '../verify-password.ts';
import { fault } from './faults.ts';
import type { CheckSubject } from './subject.ts';

/** Tries the query of `password.verify` on the first record; that there is none is said of the rows. */
export async function checkVerify(subject: CheckSubject, signal: AbortSignal): Promise<readonly Finding[]> {
  const { pool, options } = subject;
  const { verifyQuery: query } = options;
  if (query === undefined) return [];
  const reader = createReader(pool, options);
  const [first] = (await readPage(reader, { after: null, limit: 1 }, signal)).records;
  if (first === undefined) return [];
  return await tryVerifier({
    key: first.key,
    ask: (key, password) => askVerifier(reader, { query, key, password }, signal),
    fault: (error) => {
      signal.throwIfAborted();
      return fault(error, subject, { step: 'verify', phase: 'read' });
    },
  });
}
