import type { CheckStep, Finding } from '../../contract/connector.ts';
import type { ConnectorError, ConnectorErrorCode } from '../../contract/errors.ts';
import { toConnectorError, type Phase } from '../failures.ts';
import { printGrants } from '../grants.ts';
import { problem, type CheckSubject } from './subject.ts';

/** Where a fault of the source shows, whatever was being asked. Others belong to the step at hand. */
const STEPS: Partial<Record<ConnectorErrorCode, CheckStep>> = {
  SOURCE_NAME_UNKNOWN: 'name',
  SOURCE_ADDRESS_REFUSED: 'address',
  SOURCE_UNREACHABLE: 'tcp',
  SOURCE_TLS_FAILED: 'tls',
  SOURCE_LOGIN_REFUSED: 'login',
  SOURCE_DATABASE_MISSING: 'login',
  SOURCE_PERMISSION_DENIED: 'rights',
};

const REMEDIES: Partial<Record<ConnectorErrorCode, string>> = {
  SOURCE_NAME_UNKNOWN: 'Check connection.host for typing mistakes, and that this machine resolves it.',
  SOURCE_ADDRESS_REFUSED:
    'Use a host whose addresses may be connected to, or have the configuration allow private or loopback addresses.',
  SOURCE_UNREACHABLE:
    'Check connection.port, that the server runs and listens on that address (bind-address, skip-networking), and the firewalls between.',
  SOURCE_TIMEOUT: 'See what keeps the server busy: SHOW FULL PROCESSLIST;',
  SOURCE_BUSY: 'Raise max_connections, or free connections: Tributary uses at most four.',
  SOURCE_TLS_FAILED:
    'Put the authority that signed the server certificate into connection.ca, use the host name that the certificate carries, and have the server offer TLS (ssl_cert, ssl_key).',
  SOURCE_LOGIN_REFUSED:
    'Check connection.user and the password, and that the account is one for this machine: SELECT user, host, plugin FROM mysql.user; After too many errors: FLUSH HOSTS;',
  SOURCE_DATABASE_MISSING: 'Check connection.database; SHOW DATABASES; lists them.',
  SOURCE_SCHEMA_CHANGED:
    'Name the columns and tables as the server has them: tributary provider discover shows them.',
  SOURCE_QUERY_REFUSED:
    'Mend the SQL in source.query or source.where; it must be one statement that only reads.',
};

/** @returns what went wrong as a finding; the step is that of the fault where it tells, else the one given. */
export function fault(
  thrown: unknown,
  subject: CheckSubject,
  at: { readonly step: CheckStep; readonly phase: Phase },
): Finding {
  const error: ConnectorError = toConnectorError(thrown, at.phase);
  const remedy =
    error.code === 'SOURCE_PERMISSION_DENIED'
      ? printGrants(subject.options)
      : (REMEDIES[error.code] ?? 'See what the log of the server says at this time.');
  return problem(STEPS[error.code] ?? at.step, { code: error.code, message: error.message, remedy });
}
