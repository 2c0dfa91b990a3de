import type { CheckStep } from '../connector.ts';
import type { ConnectorErrorCode } from '../errors.ts';

/** Where a fault of a server shows, whatever was being asked. Others belong to the step at hand. */
export const SERVER_STEPS: Readonly<Partial<Record<ConnectorErrorCode, CheckStep>>> = {
  SOURCE_NAME_UNKNOWN: 'name',
  SOURCE_ADDRESS_REFUSED: 'address',
  SOURCE_UNREACHABLE: 'tcp',
  SOURCE_TLS_FAILED: 'tls',
  SOURCE_LOGIN_REFUSED: 'login',
  SOURCE_DATABASE_MISSING: 'login',
  SOURCE_PERMISSION_DENIED: 'rights',
};

/** What helps whatever the server is; the rest each connector says in the words of its own. */
export const SERVER_REMEDIES: Readonly<Partial<Record<ConnectorErrorCode, string>>> = {
  SOURCE_NAME_UNKNOWN: 'Check connection.host for typing mistakes, and that this machine resolves it.',
  SOURCE_ADDRESS_REFUSED:
    'Use a host whose addresses may be connected to, or have the configuration allow private or loopback addresses.',
  SOURCE_BUSY: 'Raise max_connections, or free connections: Tributary uses at most four.',
  SOURCE_SCHEMA_CHANGED:
    'Name the columns and tables as the server has them: tributary provider discover shows them.',
  SOURCE_QUERY_REFUSED:
    'Mend the SQL in source.query or source.where; it must be one statement that only reads.',
};
