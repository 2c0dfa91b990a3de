import pg from 'pg';
import { ConnectorError, type ConnectorErrorCode } from '../contract/errors.ts';

/** What was being done when it failed: the same answer means different things. */
export type Phase = 'connect' | 'read' | 'write';

/** SQLSTATE, or its first two characters, to our code; the longer one wins. */
const STATES: Readonly<Record<string, ConnectorErrorCode>> = {
  '08': 'SOURCE_UNREACHABLE',
  '0A': 'SOURCE_QUERY_REFUSED',
  '25006': 'SOURCE_QUERY_REFUSED', // read_only_sql_transaction: a query that writes
  '25P03': 'SOURCE_TIMEOUT',
  '28': 'SOURCE_LOGIN_REFUSED',
  '3D000': 'SOURCE_DATABASE_MISSING',
  '3F000': 'SOURCE_SCHEMA_CHANGED',
  '40001': 'SOURCE_BUSY',
  '40P01': 'SOURCE_BUSY',
  '42': 'SOURCE_QUERY_REFUSED',
  '42501': 'SOURCE_PERMISSION_DENIED',
  '42703': 'SOURCE_SCHEMA_CHANGED',
  '42P01': 'SOURCE_SCHEMA_CHANGED',
  '53': 'SOURCE_BUSY',
  '55006': 'SOURCE_BUSY', // object_in_use: somebody else reads from the slot
  '55P03': 'SOURCE_BUSY',
  '57014': 'SOURCE_TIMEOUT',
  '57P01': 'SOURCE_UNREACHABLE',
  '57P02': 'SOURCE_UNREACHABLE',
  '57P03': 'SOURCE_UNREACHABLE',
};

/** The same for a statement that writes a password: the value or the row was refused, not the query. */
const WRITE_STATES: Readonly<Record<string, ConnectorErrorCode>> = {
  '0A': 'WRITE_REFUSED', // the view cannot be updated, or its rows cannot be locked
  '22': 'WRITE_REFUSED',
  '23': 'WRITE_REFUSED',
  '25006': 'WRITE_REFUSED', // a standby
  '42': 'WRITE_REFUSED',
  '428C9': 'WRITE_REFUSED',
  '44': 'WRITE_REFUSED',
  '55000': 'WRITE_REFUSED',
  P0: 'WRITE_REFUSED', // a trigger raised
};

/** Messages of these classes speak of names and logins; those of others may quote values of a row. */
const SPEAKABLE = new Set(['08', '0A', '25', '28', '3D', '3F', '40', '42', '53', '55', '57']);

/** Codes of Node's TLS that do not start with ERR_SSL or ERR_TLS. */
const TLS = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'EPROTO',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** @returns whatever was thrown as a ConnectorError; what is one already stays as it is. */
export function toConnectorError(thrown: unknown, phase: Phase): ConnectorError {
  if (thrown instanceof ConnectorError) return thrown;
  if (thrown instanceof pg.DatabaseError) return fromServer(thrown, phase);
  const code = codeOf(thrown);
  if (isTlsCode(code))
    return new ConnectorError('SOURCE_TLS_FAILED', `TLS with the server failed (${code})`, { cause: thrown });
  // What is left are sockets: refused, reset, no route, closed in the middle of an answer.
  return new ConnectorError(
    'SOURCE_UNREACHABLE',
    `the connection to the server ${phase === 'connect' ? 'cannot be made' : 'broke'}${code === '' ? '' : ` (${code})`}`,
    { cause: thrown },
  );
}

/** The SQLSTATE behind an error, ours or the driver's; empty when the server said nothing. */
export function sqlState(error: unknown): string {
  if (error instanceof ConnectorError) return sqlState(error.cause);
  return error instanceof ServerRefusal || error instanceof pg.DatabaseError ? (error.code ?? '') : '';
}

/** What the server said, without the parts that may quote a row. */
class ServerRefusal extends Error {
  override readonly name = 'ServerRefusal';
  readonly code: string;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly constraint: string | undefined;

  constructor(message: string, error: pg.DatabaseError) {
    super(message);
    this.code = error.code ?? '';
    this.table = error.table;
    this.column = error.column;
    this.constraint = error.constraint;
  }
}

function fromServer(error: pg.DatabaseError, phase: Phase): ConnectorError {
  const state = error.code ?? '';
  const message = describe(error, state);
  const refusal = new ServerRefusal(message, error);
  return new ConnectorError(codeFor(state, phase), message, { cause: refusal });
}

function codeFor(state: string, phase: Phase): ConnectorErrorCode {
  const family = state.slice(0, 2);
  // The exact state first in either table: a missing column is that, also when writing.
  const exact = (phase === 'write' ? WRITE_STATES[state] : undefined) ?? STATES[state];
  if (exact !== undefined) return exact;
  return (phase === 'write' ? WRITE_STATES[family] : undefined) ?? STATES[family] ?? 'SOURCE_FAILED';
}

function describe(error: pg.DatabaseError, state: string): string {
  if (SPEAKABLE.has(state.slice(0, 2))) return `the server says: ${error.message} (SQLSTATE ${state})`;
  const places = [
    error.table === undefined ? '' : ` in table ${error.table}`,
    error.column === undefined ? '' : `, column ${error.column}`,
    error.constraint === undefined ? '' : `, constraint ${error.constraint}`,
  ];
  return `the server refused with SQLSTATE ${state}${places.join('')}`;
}

function codeOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return '';
  return typeof thrown.code === 'string' ? thrown.code : '';
}

function isTlsCode(code: string): boolean {
  return TLS.has(code) || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS');
}
