/**
 * What a caller should do about a failure.
 *
 * - `retry`: the same call may succeed later; wait at least `afterMs`.
 * - `resnapshot`: the checkpoint is useless; only a new full run restores truth.
 * - `operator`: no call will succeed until a person changes something.
 */
export type Advice =
  | { readonly action: 'retry'; readonly afterMs: number }
  | { readonly action: 'resnapshot' }
  | { readonly action: 'operator' };

const ADVICE = {
  /** The host name does not resolve. */
  SOURCE_NAME_UNKNOWN: { action: 'operator' },
  /** The address is one we never connect to, or one the configuration does not allow. */
  SOURCE_ADDRESS_REFUSED: { action: 'operator' },
  /** Nothing answers at the address, or the connection broke. */
  SOURCE_UNREACHABLE: { action: 'retry', afterMs: 5_000 },
  /** The server answered, and took longer than our limit. */
  SOURCE_TIMEOUT: { action: 'retry', afterMs: 5_000 },
  /** Too many connections, a deadlock, a lock or serialisation conflict. */
  SOURCE_BUSY: { action: 'retry', afterMs: 250 },
  /** The file is not in a folder that the configuration allows, or is no database file. */
  SOURCE_FILE_REFUSED: { action: 'operator' },
  /** The server offers no TLS, or a certificate that does not verify. */
  SOURCE_TLS_FAILED: { action: 'operator' },
  /** Repeated bad logins get the address banned at several hosting providers: wait 15 minutes. */
  SOURCE_LOGIN_REFUSED: { action: 'retry', afterMs: 900_000 },
  /** The database named in the definition does not exist. */
  SOURCE_DATABASE_MISSING: { action: 'operator' },
  /** The table, view or column named in the definition does not exist. */
  SOURCE_SCHEMA_CHANGED: { action: 'operator' },
  /** The login lacks a right. */
  SOURCE_PERMISSION_DENIED: { action: 'operator' },
  /** The query in the definition is not one read-only statement, or does not run. */
  SOURCE_QUERY_REFUSED: { action: 'operator' },
  /** The position to resume from is gone. */
  SOURCE_HISTORY_LOST: { action: 'resnapshot' },
  /** A checkpoint of another connector, or of an older layout. */
  CHECKPOINT_FOREIGN: { action: 'resnapshot' },
  /** The source lacks what this way of learning of changes needs; the message says what. */
  CHANGES_UNAVAILABLE: { action: 'operator' },
  /** The provider accepted the write and a trigger or a conversion changed what was stored. */
  WRITE_NOT_KEPT: { action: 'operator' },
  /** The value does not fit the column, or a constraint or trigger refused it. */
  WRITE_REFUSED: { action: 'operator' },
  /** The key names more than one record. */
  KEY_NOT_UNIQUE: { action: 'operator' },
  /** Anything the source said that has no code of its own here. */
  SOURCE_FAILED: { action: 'retry', afterMs: 60_000 },
} as const satisfies Record<string, Advice>;

export type ConnectorErrorCode = keyof typeof ADVICE;

/** Every code a connector may raise, for documentation and tests. */
export const CONNECTOR_ERROR_CODES = Object.keys(ADVICE) as readonly ConnectorErrorCode[];

/**
 * A failure the source caused. Anything else that escapes a connector is a bug.
 *
 * The code is stable and documented; the message is for people and may change.
 * The message never holds a value read from the source.
 */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  readonly code: ConnectorErrorCode;

  constructor(code: ConnectorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  get advice(): Advice {
    return ADVICE[this.code];
  }
}
