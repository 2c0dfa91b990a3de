import type { Inbox } from './inbox.ts';
import type { Patience } from './patience.ts';

/** The part of a logger that connectors use; `child` adds fields to every line. */
export interface Logger {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
  child(fields: object): Logger;
}

/** What a connector is given rather than reaching for it. */
export interface ConnectorTools {
  readonly logger: Logger;

  /**
   * Resolves a host once and checks every address it has against the rules; the
   * connector connects to the address it gets back and to no other.
   *
   * @throws ConnectorError `SOURCE_NAME_UNKNOWN` or `SOURCE_ADDRESS_REFUSED`.
   */
  readonly resolve: (host: string, signal: AbortSignal) => Promise<string>;

  /**
   * Finds a file in the folders that the configuration allows. Links are followed
   * first, so that what is answered is where the file really is.
   *
   * @throws ConnectorError `SOURCE_FILE_REFUSED` or `SOURCE_DATABASE_MISSING`.
   */
  readonly locate: (file: string, signal: AbortSignal) => Promise<string>;

  /** Other limits than the usual ones, for those who cannot wait so long: tests. */
  readonly patience?: Partial<Patience>;

  /** What the provider pushed to us; only the connector `push` reads it. */
  readonly inbox?: Inbox;
}
