import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { ServerConnection } from '../contract/definition.ts';

/**
 * The name that the certificate must carry is the one in the definition, not the
 * address it resolved to. There is no mode that falls back to an open connection.
 *
 * @returns false for `disable`.
 */
export function tlsOptions(connection: ServerConnection): ConnectionOptions | false {
  const { host, tls, ca } = connection;
  if (tls === 'disable') return false;
  // Server names are names: an address is compared with the certificate, and not sent.
  const name = isIP(host) === 0 ? { servername: host.replace(/\.$/, '') } : { host };
  const trust = ca === undefined ? {} : { ca };
  if (tls === 'require-insecure') return { ...name, rejectUnauthorized: false };
  if (tls === 'verify-ca') return { ...name, ...trust, checkServerIdentity: () => undefined };
  return { ...name, ...trust, rejectUnauthorized: true };
}
