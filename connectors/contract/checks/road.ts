import type { Finding, ServerOptions, TellFinding } from '../connector.ts';
import type { ConnectorTools } from '../tools.ts';
import { passed, warning } from './findings.ts';

/** What leads to a server. */
export interface Road {
  readonly connection: ServerOptions['connection'];
  readonly tools: Pick<ConnectorTools, 'resolve'>;
  readonly tell?: TellFinding | undefined;
  /** Null when something listens there. */
  readonly probe: (address: string, port: number) => Promise<string | null>;
  /** Asks something that needs a session and no right. */
  readonly enter: () => Promise<unknown>;
  readonly fault: (error: unknown) => Finding;
}

/** Name, address, port, TLS and login, each of which needs the one before it. */
export async function walkRoad(
  road: Road,
  signal: AbortSignal,
): Promise<{ readonly findings: readonly Finding[]; readonly connected: boolean }> {
  const { connection, tools, tell } = road;
  const findings: Finding[] = [];
  const learn = (finding: Finding): void => {
    findings.push(finding);
    tell?.(finding);
  };
  try {
    const address = await tools.resolve(connection.host, signal);
    learn(passed('name', `${connection.host} is ${address}`));
    learn(passed('address', `${address} is allowed`));
    if ((await road.probe(address, connection.port)) === null)
      learn(passed('tcp', `port ${String(connection.port)} answers`));
    await road.enter();
  } catch (error) {
    signal.throwIfAborted();
    return { findings: [...findings, road.fault(error)], connected: false };
  }
  learn(tlsFinding(connection.tls));
  learn(passed('login', 'the login works'));
  return { findings, connected: true };
}

function tlsFinding(tls: ServerOptions['connection']['tls']): Finding {
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
