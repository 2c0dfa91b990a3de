import { ConnectorError, type ConnectorErrorCode } from '../contract/errors.ts';

/** What was being done when it failed: the same answer means different things. */
export type Phase = 'connect' | 'read' | 'write';

/** The server's number of an error to our code. */
const NUMBERS: Readonly<Record<number, ConnectorErrorCode>> = {
  1040: 'SOURCE_BUSY', // too many connections
  1044: 'SOURCE_PERMISSION_DENIED', // to the database
  1045: 'SOURCE_LOGIN_REFUSED',
  1049: 'SOURCE_DATABASE_MISSING',
  1053: 'SOURCE_UNREACHABLE', // shutting down
  1054: 'SOURCE_SCHEMA_CHANGED', // no such column
  1059: 'SOURCE_SCHEMA_CHANGED', // no name is as long
  1077: 'SOURCE_UNREACHABLE',
  1102: 'SOURCE_DATABASE_MISSING', // nor can be called that
  1103: 'SOURCE_SCHEMA_CHANGED',
  1109: 'SOURCE_SCHEMA_CHANGED',
  1129: 'SOURCE_LOGIN_REFUSED', // this machine is blocked after too many errors
  1130: 'SOURCE_LOGIN_REFUSED', // this machine may not connect
  1142: 'SOURCE_PERMISSION_DENIED', // to the table
  1143: 'SOURCE_PERMISSION_DENIED', // to a column
  1146: 'SOURCE_SCHEMA_CHANGED', // no such table
  1203: 'SOURCE_BUSY',
  1205: 'SOURCE_BUSY', // waited for a lock
  1213: 'SOURCE_BUSY', // deadlock
  1226: 'SOURCE_BUSY', // the login's own limit
  1227: 'SOURCE_PERMISSION_DENIED',
  1236: 'SOURCE_HISTORY_LOST', // the binary log asked for is gone
  1251: 'SOURCE_LOGIN_REFUSED',
  1275: 'SOURCE_LOGIN_REFUSED',
  1317: 'SOURCE_TIMEOUT', // somebody ended the statement
  1345: 'SOURCE_PERMISSION_DENIED',
  1356: 'SOURCE_SCHEMA_CHANGED', // a view whose tables are gone
  1370: 'SOURCE_PERMISSION_DENIED',
  1524: 'SOURCE_LOGIN_REFUSED',
  1698: 'SOURCE_LOGIN_REFUSED',
  1792: 'SOURCE_QUERY_REFUSED', // a query that writes
  1820: 'SOURCE_LOGIN_REFUSED', // the password has to be changed first
  1862: 'SOURCE_LOGIN_REFUSED',
  1927: 'SOURCE_UNREACHABLE', // somebody ended the connection
  1945: 'SOURCE_HISTORY_LOST', // a position that this server does not have
  1955: 'SOURCE_HISTORY_LOST',
  1969: 'SOURCE_TIMEOUT',
  3024: 'SOURCE_TIMEOUT',
  3118: 'SOURCE_LOGIN_REFUSED', // the account is locked
  3159: 'SOURCE_TLS_FAILED', // the server insists on TLS
  3955: 'SOURCE_LOGIN_REFUSED', // locked after too many wrong passwords
  4031: 'SOURCE_UNREACHABLE',
  4151: 'SOURCE_LOGIN_REFUSED',
};

/** The same while a connection is made: MySQL's word for a database whose name is longer than any. */
const CONNECT_NUMBERS: Readonly<Record<number, ConnectorErrorCode>> = {
  1059: 'SOURCE_DATABASE_MISSING',
};

/** The same for a statement that writes a password: the value or the row was refused, not the query. */
const WRITE_NUMBERS: Readonly<Record<number, ConnectorErrorCode>> = {
  1048: 'WRITE_REFUSED', // NOT NULL
  1288: 'WRITE_REFUSED', // the view cannot be updated
  1290: 'WRITE_REFUSED', // read_only
  1369: 'WRITE_REFUSED', // the view's own condition
  1442: 'WRITE_REFUSED',
  1665: 'WRITE_REFUSED',
  1792: 'WRITE_REFUSED',
  1836: 'WRITE_REFUSED',
  1906: 'WRITE_REFUSED', // generated columns
  3105: 'WRITE_REFUSED',
  3819: 'WRITE_REFUSED', // CHECK
  4025: 'WRITE_REFUSED',
};

/** Classes of SQLSTATE for what has no number above. */
const CLASSES: Readonly<Record<string, ConnectorErrorCode>> = {
  '08': 'SOURCE_UNREACHABLE',
  '28': 'SOURCE_LOGIN_REFUSED',
  '42': 'SOURCE_QUERY_REFUSED',
};
const WRITE_CLASSES: Readonly<Record<string, ConnectorErrorCode>> = {
  '22': 'WRITE_REFUSED',
  '23': 'WRITE_REFUSED',
  '42': 'WRITE_REFUSED',
  '44': 'WRITE_REFUSED',
  '45': 'WRITE_REFUSED', // a trigger raised
};

/** Messages of these speak of names, logins and the definition's own SQL; those of others may quote a row. */
const SPEAKABLE = new Set([
  1040, 1044, 1045, 1049, 1054, 1059, 1064, 1102, 1103, 1109, 1129, 1130, 1142, 1143, 1146, 1203, 1205, 1213,
  1226, 1227, 1236, 1288, 1290, 1356, 1370, 1698, 1792, 1836, 1945, 1955, 1969, 3024, 3159,
]);

/** The driver's own codes that mean TLS; those of Node's TLS are told by their shape. */
const TLS = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'EPROTO',
  'HANDSHAKE_NO_SSL_SUPPORT',
  'HANDSHAKE_SSL_ERROR',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** The server asked for the password in a form that we do not give it. */
const LOGIN = new Set(['AUTH_SWITCH_PLUGIN_ERROR', 'MYSQL_CLEAR_PASSWORD_NOT_ENABLED']);
const LATE = new Set(['PROTOCOL_SEQUENCE_TIMEOUT']);

/** @returns whatever was thrown as a ConnectorError; what is one already stays as it is. */
export function toConnectorError(thrown: unknown, phase: Phase): ConnectorError {
  if (thrown instanceof ConnectorError) return thrown;
  const number = property(thrown, 'errno');
  // Node's sockets have an `errno` too, a negative one.
  if (typeof number === 'number' && number > 0) return fromServer(thrown as object, number, phase);
  const code = textOf(thrown, 'code');
  const cause = new DriverFault(code);
  if (TLS.has(code) || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS'))
    return new ConnectorError('SOURCE_TLS_FAILED', tlsMessage(thrown, code), { cause });
  if (LOGIN.has(code))
    return new ConnectorError('SOURCE_LOGIN_REFUSED', `the login failed (${code})`, { cause });
  if (LATE.has(code)) return new ConnectorError('SOURCE_TIMEOUT', 'the server did not answer', { cause });
  // What is left are sockets: refused, reset, no route, closed in the middle of an answer.
  return new ConnectorError(
    'SOURCE_UNREACHABLE',
    `the connection to the server ${phase === 'connect' ? 'cannot be made' : 'broke'}${code === '' ? '' : ` (${code})`}`,
    { cause },
  );
}

/** The driver gives every failure the same code; what is wrong with the certificate only its text says. */
function tlsMessage(thrown: unknown, code: string): string {
  const said = textOf(thrown, 'message');
  return `TLS with the server failed${said === '' ? '' : `: ${said}`} (${code})`;
}

/** The server's number behind an error; 0 when the server said nothing. */
export function errorNumber(error: unknown): number {
  const cause = error instanceof ConnectorError ? error.cause : error;
  return cause instanceof ServerRefusal ? cause.number : 0;
}

/** What the server said. The driver's own error is not kept: it carries the statement, with keys and hashes. */
class ServerRefusal extends Error {
  override readonly name = 'ServerRefusal';
  readonly number: number;

  constructor(message: string, number: number) {
    super(message);
    this.number = number;
  }
}

class DriverFault extends Error {
  override readonly name = 'DriverFault';
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

function fromServer(error: object, number: number, phase: Phase): ConnectorError {
  const state = textOf(error, 'sqlState');
  const said = textOf(error, 'sqlMessage');
  const message = SPEAKABLE.has(number)
    ? `the server says: ${said} (error ${String(number)})`
    : `the server refused with error ${String(number)}, SQLSTATE ${state}`;
  return new ConnectorError(codeFor(number, state.slice(0, 2), phase), message, {
    cause: new ServerRefusal(message, number),
  });
}

function codeFor(number: number, family: string, phase: Phase): ConnectorErrorCode {
  const known = phase === 'connect' ? (CONNECT_NUMBERS[number] ?? NUMBERS[number]) : NUMBERS[number];
  if (phase !== 'write') return known ?? CLASSES[family] ?? 'SOURCE_FAILED';
  return WRITE_NUMBERS[number] ?? known ?? WRITE_CLASSES[family] ?? CLASSES[family] ?? 'SOURCE_FAILED';
}

function property(thrown: unknown, name: string): unknown {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  return (thrown as Record<string, unknown>)[name];
}

function textOf(thrown: unknown, name: string): string {
  const value = property(thrown, name);
  return typeof value === 'string' ? value : '';
}
