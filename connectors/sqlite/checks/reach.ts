import type { Finding } from '../../contract/connector.ts';
import { passed } from '../../contract/checks/findings.ts';
import { fault } from './faults.ts';
import type { CheckSubject } from './subject.ts';

/** The road to the file: whether it may be used, is a database, and opens. */
export async function checkReach(
  subject: CheckSubject,
  signal: AbortSignal,
): Promise<{ readonly findings: readonly Finding[]; readonly connected: boolean }> {
  try {
    await subject.pool.read(
      signal,
      async (session) => await session.run('SELECT 1 FROM sqlite_schema LIMIT 1'),
    );
    const { file } = subject.options.connection;
    return { findings: [passed('file', `${file} is a SQLite database and opens`)], connected: true };
  } catch (error) {
    signal.throwIfAborted();
    return { findings: [fault(error, subject, 'file')], connected: false };
  }
}
