import { isIP } from 'node:net';
import type { SslOptions } from 'mysql2';
import type { ServerConnection } from '../contract/definition.ts';

/**
 * The name that the certificate must carry is the one in the definition, not the
 * address it resolved to: see {@link certificateName}. There is no mode that falls
 * back to an open connection.
 *
 * @returns null for `disable`.
 */
export function tlsOptions(connection: ServerConnection): SslOptions | null {
  const { tls, ca } = connection;
  if (tls === 'disable') return null;
  if (tls === 'require-insecure') return { rejectUnauthorized: false, verifyIdentity: false };
  const trust = ca === undefined ? {} : { ca };
  return { ...trust, rejectUnauthorized: true, verifyIdentity: tls === 'verify-full' };
}

/**
 * The driver compares the certificate with its option `host`, but with `localhost`
 * when that is an address. A dot at the end keeps it from taking it for one, and
 * Node takes the dot away before it compares.
 */
export function certificateName(host: string): string {
  return isIP(host) === 0 ? host.replace(/\.$/, '') : `${host}.`;
}
