import type { Finding } from '../../contract/connector.ts';
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
    await subject.pool.read(signal, async (run) => await run('SELECT 1', []));
  } catch (error) {
    signal.throwIfAborted();
    return {
      findings: [...findings, fault(error, subject, { step: 'tcp', phase: 'connect' })],
      connected: false,
    };
  }
  learn(tlsFinding(subject));
  learn(passed('login', 'the login works'));
  return { findings, connected: true };
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
