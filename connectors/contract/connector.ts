import type { ChangeBatch, Checkpoint } from './change.ts';
import {
  isFile,
  isServer,
  type AlsoValue,
  type Changes,
  type Connection,
  type FileConnection,
  type ServerConnection,
  type Source,
} from './definition.ts';
import type { BucketDigest, Buckets } from './digest.ts';
import type { Fingerprint, RecordKey, SourceRecord, SourceValue } from './record.ts';
import type { ProviderSchema, QuerySchema } from './schema.ts';
import type { Secret } from './secret.ts';
import type { ConnectorTools } from './tools.ts';
import type { TraceKeeper } from './traces.ts';

/*
 * Words used throughout:
 *
 * - provider: one registered, customer-owned user database
 * - connector: the code that talks to one kind of database
 * - record: one user as the provider holds it
 * - checkpoint: a position in the provider's history from which reading resumes
 */

/** What one connector is opened with. */
export interface ConnectorOptions<Where extends Connection = Connection> {
  /** The provider's name, unique in this installation: names what the connector leaves at the source. */
  readonly name: string;
  readonly connection: Where;
  readonly password: Secret | null;
  readonly source: Source;

  /** The columns to read besides the key, sorted, without the password column. */
  readonly columns: readonly string[];
  readonly passwordColumn: string | null;

  readonly changes: Changes;

  /** Null when nothing is written back. */
  readonly writeBack: WriteBackOptions | null;

  /** The query of `password.verify`; absent where hashes are read, or none are. */
  readonly verifyQuery?: string | undefined;
}

export interface WriteBackOptions {
  /** Every column written along with the password, and with what, unless a change says otherwise. */
  readonly also: Readonly<Record<string, AlsoValue>>;

  /**
   * For a login that may write hashes and not read them; `passwordColumn` is null
   * then. `column` is written and never read. `compare`, one of the columns read,
   * tells whether somebody was there first, and is moved on with every write.
   */
  readonly unread?: { readonly column: string; readonly compare: string } | undefined;
}

/** What a connector to a database server is opened with. */
export type ServerOptions = ConnectorOptions<ServerConnection>;

/** Builds a connector. Cheap: it connects on first use. */
export type OpenConnector<Where extends Connection = Connection> = (
  options: ConnectorOptions<Where>,
  tools: ConnectorTools,
) => Connector;

/** For a connector to servers: definitions are checked before they get here, so another connection is a bug. */
export function forServers(open: OpenConnector<ServerConnection>): OpenConnector {
  return ({ connection, ...options }, tools) => {
    if (!isServer(connection)) throw new Error('a connector to servers was given something else');
    return open({ ...options, connection }, tools);
  };
}

/** What a connector to a database file is opened with. */
export type FileOptions = ConnectorOptions<FileConnection>;

/** The same as {@link forServers} for a connector to files. */
export function forFiles(open: OpenConnector<FileConnection>): OpenConnector {
  return ({ connection, ...options }, tools) => {
    if (!isFile(connection)) throw new Error('a connector to files was given something else');
    return open({ ...options, connection }, tools);
  };
}

/**
 * Everything that may be asked of one provider.
 *
 * All methods may be called concurrently. They reject with a ConnectorError when
 * the source is at fault and with the signal's reason when aborted. Disposing
 * closes every connection; nothing may be called afterwards.
 */
export interface Connector extends AsyncDisposable {
  /**
   * Looks for everything that would stop this provider from working, not only
   * the first thing. Changes nothing at the source. Never rejects for a fault of
   * the source: that is a finding too. No finding of severity `error` means ready.
   *
   * @param tell is told of findings as they are made, for people who watch; of which, and in what
   *   order, is up to the connector. The answer has them all.
   */
  check(signal: AbortSignal, tell?: TellFinding): Promise<readonly Finding[]>;

  /** The tables and views the login can see, with samples of their columns. */
  discover(signal: AbortSignal): Promise<ProviderSchema>;

  /**
   * The columns of the definition's query, with samples; asked the way its records
   * are read, so that it can write nothing. Samples are left out where they take too
   * long. Absent where the source is a table.
   *
   * @throws ConnectorError `SOURCE_QUERY_REFUSED` when it does not run, and whatever reading throws.
   */
  describeQuery?(signal: AbortSignal): Promise<QuerySchema>;

  /** What grants exactly the rights needed, for the DBA to run: SQL, or commands where the database is a file. Needs no connection. */
  grants(): string;

  readonly records: RecordReader;

  /** Absent when the source offers no way to learn what changed. */
  readonly changes?: ChangeFeed;

  /** Absent when the provider is read-only to us. */
  readonly passwords?: PasswordWriter;

  /** Absent unless the definition says how the provider checks passwords itself. */
  readonly verifier?: PasswordVerifier;

  /** Absent when nothing of ours is ever left at the source. */
  readonly traces?: TraceKeeper;
}

export type CheckStep =
  | 'name'
  | 'address'
  | 'tcp'
  | 'tls'
  | 'login'
  | 'file'
  | 'rights'
  | 'source'
  | 'key'
  | 'columns'
  | 'changes'
  | 'write-back'
  | 'rows'
  | 'verify';

/** One thing learned about a provider. */
export interface Finding {
  readonly step: CheckStep;
  readonly severity: 'error' | 'warning' | 'ok';
  /** Stable, upper case; documented in docs/reference. */
  readonly code: string;
  readonly message: string;
  /** What to run or change, ready to paste where possible; empty for `ok`. */
  readonly remedy: string;
}

/** Hears of one finding. */
export type TellFinding = (finding: Finding) => void;

export interface RecordPage {
  /** In key order. */
  readonly records: readonly SourceRecord[];

  /** Pass to the next call; null after the last page. */
  readonly next: RecordKey | null;
}

export interface RecordReader {
  /**
   * Reads the next page in key order, strictly after `after`; null starts over.
   * Keyset, nothing held open in between: a pass may stop for a day and go on.
   * Pages are not one consistent view.
   */
  page(after: RecordKey | null, limit: number, signal: AbortSignal): Promise<RecordPage>;

  /** The records that exist among `keys` (at most 5,000), in no particular order, once each. */
  get(keys: readonly RecordKey[], signal: AbortSignal): Promise<readonly SourceRecord[]>;

  /** How many records are in scope, counted now. */
  count(signal: AbortSignal): Promise<number>;

  /**
   * Key and fingerprint of every record in key order, pages underneath; of those
   * in `only` when given. Records of the other buckets do not travel.
   */
  fingerprints(
    signal: AbortSignal,
    only?: Buckets & { readonly wanted: ReadonlySet<number> },
  ): AsyncIterable<readonly [RecordKey, Fingerprint]>;

  /**
   * Digests of one stretch in key order, strictly after `after`, computed inside
   * the database: nothing but the digests travels. Digests of stretches add up,
   * so a pass may stop for a day and go on. Absent where the database cannot.
   */
  digest?(stretch: DigestStretch, signal: AbortSignal): Promise<DigestPage>;
}

export interface DigestStretch extends Buckets {
  readonly after: RecordKey | null;
  /** How many records the stretch has at most. */
  readonly limit: number;
}

export interface DigestPage {
  /** In no particular order; buckets without a record are left out. */
  readonly digests: readonly BucketDigest[];

  /** Pass as `after` to the next call; null after the last stretch. */
  readonly next: RecordKey | null;
}

export interface ChangeFeed {
  /** `stream`: pushed as committed. `poll`: found by asking, at some delay. */
  readonly delivery: 'stream' | 'poll';

  /** `unseen`: deletions leave no trace here, so full runs must infer them. */
  readonly deletions: 'reported' | 'unseen';

  /** The position after everything committed so far. Taken before the first page of a snapshot. */
  head(signal: AbortSignal): Promise<Checkpoint>;

  /**
   * Yields what happened after `from`. A `stream` then waits for more, until
   * aborted; a `poll` ends. At least once, in commit order.
   *
   * @throws ConnectorError `SOURCE_HISTORY_LOST` when `from` is no longer reachable.
   */
  read(from: Checkpoint, signal: AbortSignal): AsyncIterable<ChangeBatch>;

  /** Nothing before `upTo` will be asked for again; the source may discard it. */
  acknowledge(upTo: Checkpoint, signal: AbortSignal): Promise<void>;
}

export interface PasswordWriter {
  /** The longest hash the column can hold, in characters; null when unlimited. */
  capacity(signal: AbortSignal): Promise<number | null>;

  /**
   * Replaces a password hash, provided it still is what the caller last saw.
   *
   * Exactly one row, exact to the byte whatever the collation, compared, written
   * and read back in one transaction. Calling again after a lost reply is safe:
   * it answers `already`; where hashes are not read it answers `conflict`, with
   * what {@link PasswordChange.beforeCommit} was told in the compared column.
   *
   * @throws ConnectorError `WRITE_NOT_KEPT` when reading back shows something else, and
   *   `WRITE_REFUSED` when the source refuses the value; nothing is written then.
   */
  replace(change: PasswordChange, signal: AbortSignal): Promise<PasswordOutcome>;
}

export interface PasswordVerifier {
  /**
   * Asks the provider whether a password is right, as `password.verify` defines;
   * in a read-only transaction of a few seconds at most. False also when there is
   * no such record. The password is passed on as it was typed, as a parameter.
   *
   * @throws ConnectorError whose message and cause hold nothing of what was asked or answered.
   */
  verify(key: RecordKey, password: Secret, signal: AbortSignal): Promise<boolean>;
}

export interface PasswordChange {
  readonly key: RecordKey;
  /**
   * The hash the caller last saw; null when there was none. Where hashes are not
   * read: what the compared column held.
   */
  readonly expected: Secret | null;
  /** The new hash, already encoded the way this provider stores them. */
  readonly replacement: Secret;
  /**
   * What this change writes into columns of `writeBack.also`, in place of what
   * stands there: the salt that belongs to the hash. Secret like the hash; never `now`.
   */
  readonly also?: Readonly<Record<string, Secret>> | undefined;
  /**
   * Where hashes are not read: told what the compared column holds once this is
   * committed, and waited for before it is. When it rejects, nothing is written.
   */
  readonly beforeCommit?: ((compared: SourceValue) => Promise<void>) | undefined;
}

export type PasswordOutcome =
  /** `record` is the record after the write, for its fingerprint. */
  | { readonly outcome: 'written'; readonly record: SourceRecord }
  /** The source holds the replacement; an earlier attempt got through. */
  | { readonly outcome: 'already'; readonly record: SourceRecord }
  /** Somebody else changed it first. Nothing was written. */
  | { readonly outcome: 'conflict'; readonly current: SourceRecord }
  /** The record does not exist, or is out of scope. */
  | { readonly outcome: 'missing' };
