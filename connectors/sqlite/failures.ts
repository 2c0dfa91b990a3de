import { ConnectorError, type ConnectorErrorCode } from '../contract/errors.ts';

/** What was being done when it failed: the same answer means different things. */
export type Phase = 'read' | 'write';

/** What SQLite said: its extended result code, and while preparing a statement its words, which quote no row. */
export interface Failure {
  readonly stage: 'open' | 'prepare' | 'step';
  readonly code: string;
  readonly message: string;
}

/** Result codes to ours. Extended codes begin with the code they extend; the longest that fits wins. */
const CODES: Readonly<Record<string, ConnectorErrorCode>> = {
  SQLITE_BUSY: 'SOURCE_BUSY',
  SQLITE_LOCKED: 'SOURCE_BUSY',
  SQLITE_PROTOCOL: 'SOURCE_BUSY',
  SQLITE_CANTOPEN: 'SOURCE_PERMISSION_DENIED',
  SQLITE_PERM: 'SOURCE_PERMISSION_DENIED',
  SQLITE_AUTH: 'SOURCE_QUERY_REFUSED',
  SQLITE_ERROR: 'SOURCE_QUERY_REFUSED',
  SQLITE_READONLY: 'SOURCE_QUERY_REFUSED',
  // A transaction that its writer did not finish: undone when the next one opens the file.
  SQLITE_READONLY_ROLLBACK: 'SOURCE_BUSY',
  SQLITE_READONLY_RECOVERY: 'SOURCE_BUSY',
  SQLITE_READONLY_CANTLOCK: 'SOURCE_BUSY',
  SQLITE_READONLY_CANTINIT: 'SOURCE_BUSY',
  SQLITE_NOTADB: 'SOURCE_FILE_REFUSED',
};

/** The same for a statement that writes a password: the value or the row was refused, not the query. */
const WRITE_CODES: Readonly<Record<string, ConnectorErrorCode>> = {
  SQLITE_CONSTRAINT: 'WRITE_REFUSED',
  SQLITE_TOOBIG: 'WRITE_REFUSED',
  SQLITE_MISMATCH: 'WRITE_REFUSED',
  SQLITE_ERROR: 'WRITE_REFUSED',
  SQLITE_READONLY: 'SOURCE_PERMISSION_DENIED',
};

/** @returns what SQLite refused as our error. */
export function toConnectorError(failure: Failure, phase: Phase): ConnectorError {
  const { stage, code, message } = failure;
  // The library says nothing but that it could not: the file was there and could be read a moment ago.
  if (stage === 'open' && code === '')
    return new ConnectorError('SOURCE_PERMISSION_DENIED', 'SQLite cannot open the file or those beside it');
  const said = message === '' ? code : `${message} (${code})`;
  return new ConnectorError(codeFor(code, phase), `SQLite says: ${said}`, { cause: new Refusal(code) });
}

/** The result code behind an error of ours; empty when SQLite said nothing. */
export function resultCode(error: unknown): string {
  return error instanceof ConnectorError && error.cause instanceof Refusal ? error.cause.code : '';
}

/** What SQLite refused, without words that may quote a row. */
class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

function codeFor(code: string, phase: Phase): ConnectorErrorCode {
  const written = phase === 'write' ? longest(WRITE_CODES, code) : null;
  return written ?? longest(CODES, code) ?? 'SOURCE_FAILED';
}

function longest(
  codes: Readonly<Record<string, ConnectorErrorCode>>,
  code: string,
): ConnectorErrorCode | null {
  const fitting = Object.keys(codes).filter((known) => code === known || code.startsWith(`${known}_`));
  const [best] = fitting.toSorted((a, b) => b.length - a.length);
  return best === undefined ? null : (codes[best] ?? null);
}
