import type { Finding } from '../../contract/connector.ts';
import { writtenColumns } from '../../contract/writable.ts';
import { probeTcp } from '../probe.ts';
import { fault } from './faults.ts';
import { passed, warning, type CheckSubject } from './subject.ts';

/** The road to the server: name, address, port, TLS and login, each of which needs the one before it. */
export async function checkReach(
  subject: CheckSubject,
  signal: AbortSignal,
): Promise<{ readonly findings: readonly Finding[]; readonly connected: boolean }> {
  const { connection } = subject.options;
  const findings: Finding[] = [];
  const learn = (finding: Finding): void => {
    findings.push(finding);
    subject.tell?.(finding);
  };
  try {
    const address = await subject.tools.resolve(connection.host, signal);
    learn(passed('name', `${connection.host} is ${address}`));
    learn(passed('address', `${address} is allowed`));
    if ((await probeTcp(address, connection.port, signal)) === null)
      learn(passed('tcp', `port ${String(connection.port)} answers`));
    await subject.pool.read(signal, async (run) => await run('SELECT 1'));
  } catch (error) {
    signal.throwIfAborted();
    const found = fault(error, subject, { step: 'tcp', phase: 'connect' });
    return { findings: [...findings, found, ...alsoDenied(found, subject)], connected: false };
  }
  learn(tlsFinding(subject));
  learn(passed('login', 'the login works'));
  return { findings, connected: true };
}

/** Without any right in the database the login is let in and shown the door: nothing can be written then either. */
function alsoDenied(found: Finding, { options }: CheckSubject): readonly Finding[] {
  const denied = found.code === 'SOURCE_PERMISSION_DENIED' && writtenColumns(options).length > 0;
  return denied ? [{ ...found, step: 'write-back' }] : [];
}

function tlsFinding({ options }: CheckSubject): Finding {
  const { tls } = options.connection;
  if (tls === 'verify-full') return passed('tls', 'encrypted, and the server is who it says it is');
  const meaning = {
    'verify-ca':
      'The certificate is checked, the name in it is not: any server of that authority could answer.',
    'require-insecure': 'The connection is encrypted, and anybody could answer in place of the server.',
    disable: 'The connection is not encrypted.',
  }[tls];
  return warning('tls', {
    code: 'TLS_NOT_VERIFIED',
    message: meaning,
    remedy: 'Set connection.tls to verify-full, and connection.ca when the authority is a private one.',
  });
}
