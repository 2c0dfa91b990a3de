import type { CheckStep, Finding } from '../../contract/connector.ts';
import { problem } from '../../contract/checks/findings.ts';
import { SERVER_REMEDIES, SERVER_STEPS } from '../../contract/checks/server-faults.ts';
import type { ConnectorError, ConnectorErrorCode } from '../../contract/errors.ts';
import { toConnectorError, type Phase } from '../failures.ts';
import { printGrants } from '../grants.ts';
import type { CheckSubject } from './subject.ts';

const REMEDIES: Partial<Record<ConnectorErrorCode, string>> = {
  ...SERVER_REMEDIES,
  SOURCE_UNREACHABLE:
    'Check connection.port, that the server runs and listens on that address (bind-address, skip-networking), and the firewalls between.',
  SOURCE_TIMEOUT: 'See what keeps the server busy: SHOW FULL PROCESSLIST;',
  SOURCE_TLS_FAILED:
    'Put the authority that signed the server certificate into connection.ca, use the host name that the certificate carries, and have the server offer TLS (ssl_cert, ssl_key).',
  SOURCE_LOGIN_REFUSED:
    'Check connection.user and the password, and that the account is one for this machine: SELECT user, host, plugin FROM mysql.user; After too many errors: FLUSH HOSTS;',
  SOURCE_DATABASE_MISSING: 'Check connection.database; SHOW DATABASES; lists them.',
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
  return problem(SERVER_STEPS[error.code] ?? at.step, { code: error.code, message: error.message, remedy });
}
