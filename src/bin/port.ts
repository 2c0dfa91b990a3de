import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../../config/options.ts';
import { AppError } from '../kernel/errors.ts';

type Address = Pick<Config, 'host' | 'port'>;

/**
 * Looks whether the port can be had, before anything is started that a taken
 * port would make useless. Another process may still be faster.
 *
 * @throws AppError `PORT_TAKEN` or `ADDRESS_UNUSABLE`.
 */
export async function requirePort(address: Address): Promise<void> {
  const probe = createServer();
  probe.listen(address);
  try {
    await once(probe, 'listening');
  } catch (cause) {
    throw cannotListen(address, cause);
  }
  probe.close();
  await once(probe, 'close');
}

/** Why a server does not listen, in the words of the settings. */
export function cannotListen({ host, port }: Address, cause: unknown): AppError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  if (code === 'EADDRINUSE') {
    return new AppError({
      kind: 'unavailable',
      code: 'PORT_TAKEN',
      message: `The port ${port} on ${host} is taken by another program.`,
      remedy: `Stop that program, or choose another port: TRIBUTARY_PORT=${port === 65_535 ? 4600 : port + 1}`,
      cause,
    });
  }
  return new AppError({
    kind: 'unavailable',
    code: 'ADDRESS_UNUSABLE',
    message: `Tributary cannot listen on port ${port} of ${host} (${code}).`,
    remedy:
      'Set TRIBUTARY_HOST to an address of this machine and TRIBUTARY_PORT to a port this account may use.',
    cause,
  });
}
