import { connect, type Socket } from 'node:net';
import type { ConnectionOptions } from 'mysql2';
import type { ServerConnection } from '../contract/definition.ts';
import type { Secret } from '../contract/secret.ts';
import { certificateName, tlsOptions } from './tls.ts';

const CONNECT_MS = 10_000;
const KEEP_ALIVE_MS = 10_000;
const LOCK_S = 5;

/**
 * How every connection to a provider is made. What a server may ask a client for
 * is switched off: a file of ours (LOCAL INFILE), the password in clear text, a
 * second statement; so is compression, whose answers may be of any size.
 *
 * @param address the one that was checked; the name in the definition is only compared with the certificate.
 */
export function connectionOptions(
  connection: ServerConnection,
  address: string,
  password: Secret | null,
): ConnectionOptions {
  const ssl = tlsOptions(connection);
  return {
    host: certificateName(connection.host),
    port: connection.port,
    stream: () => openSocket(address, connection.port),
    database: connection.database,
    user: connection.user,
    ...(password !== null && { password: password.reveal() }),
    ...(ssl !== null && { ssl }),
    charset: 'UTF8MB4_GENERAL_CI',
    flags: ['-LOCAL_FILES'],
    multipleStatements: false,
    enableCleartextPlugin: false,
    insecureAuth: false,
    compress: false,
    connectTimeout: CONNECT_MS,
    connectAttributes: { program_name: 'tributary' },
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
  };
}

function openSocket(address: string, port: number): Socket {
  const socket = connect({ host: address, port, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
  socket.setNoDelay(true);
  return socket;
}

/**
 * What text looks like and how conditions are read must not depend on how the
 * server or the login is set up. Strict, so that a value that does not fit is
 * refused and never cut; zero dates are read and written as they are.
 */
export const SESSION = `SET SESSION ${[
  `sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'`,
  `character_set_client = utf8mb4`,
  `character_set_results = utf8mb4`,
  `collation_connection = utf8mb4_general_ci`,
  `time_zone = '+00:00'`,
  `autocommit = 1`,
  `sql_big_selects = 1`,
  `sql_select_limit = DEFAULT`,
  `sql_safe_updates = 0`,
  `sql_auto_is_null = 0`,
  `lock_wait_timeout = ${String(LOCK_S)}`,
  `innodb_lock_wait_timeout = ${String(LOCK_S)}`,
].join(', ')}`;
