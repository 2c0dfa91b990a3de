import type { Finding } from '../../contract/connector.ts';
import { tryVerifier } from '../../contract/checks/verify.ts';
import { readPage } from '../read-page.ts';
import { createReader } from '../reader.ts';
import { askVerifier } from '../verify-password.ts';
import { fault } from './faults.ts';
import type { CheckSubject } from './subject.ts';

/** Tries the query of `password.verify` on the first record; that there is none is said of the rows. */
export async function checkVerify(subject: CheckSubject, signal: AbortSignal): Promise<readonly Finding[]> {
  const reader = createReader(subject.pool, subject.options);
  return await tryVerifier(
    {
      query: subject.options.verifyQuery,
      first: () => readPage(reader, { after: null, limit: 1 }, signal),
      ask: (request) => askVerifier(reader, request, signal),
      fault: (error) => fault(error, subject, 'verify'),
    },
    signal,
  );
}
