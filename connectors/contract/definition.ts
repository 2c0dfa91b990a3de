import type { PasswordFormatSetting } from './password-format.ts';

/**
 * A provider definition after validation: every default filled in, the
 * connection's password taken out. The words are those of the file that
 * operators keep in git.
 */
export interface ProviderDefinition {
  readonly name: string;
  readonly connector: ConnectorKind;
  readonly template?: string | undefined;
  readonly connection: Connection;
  readonly source: Source;
  readonly changes: Changes;
  readonly mapping: Mapping;
  readonly password?: PasswordRules | undefined;
  readonly match: 'none' | 'username' | 'email';
  readonly safeguards: Safeguards;
}

export type ConnectorKind = 'postgres' | 'mysql' | 'sqlite' | 'push';

export type TlsMode = 'verify-full' | 'verify-ca' | 'require-insecure' | 'disable';

/** Where a provider's records are: which of these it is follows from the connector. */
export type Connection = ServerConnection | FileConnection | PushConnection;

/** A database server: `postgres` and `mysql`. */
export interface ServerConnection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly tls: TlsMode;
  /** PEM certificates of a private authority. */
  readonly ca?: string | undefined;
}

/** A database file on the machine that Tributary runs on: `sqlite`. */
export interface FileConnection {
  /** Absolute, or relative to the folder that the configuration allows. */
  readonly file: string;
}

/** Nothing to connect to: the records come to us. */
export interface PushConnection {
  readonly host?: never;
}

export function isServer(connection: Connection): connection is ServerConnection {
  return 'host' in connection;
}

export function isFile(connection: Connection): connection is FileConnection {
  return 'file' in connection;
}

export interface Source {
  /** `schema.table` or `table`; exactly one of `table` and `query` is given. */
  readonly table?: string | undefined;
  /** One read-only statement. */
  readonly query?: string | undefined;
  readonly key: readonly string[];
  /** An SQL condition that says which records are in scope. */
  readonly where?: string | undefined;
}

export interface Changes {
  readonly mode: 'none' | 'poll' | 'listen' | 'replication' | 'binlog' | 'push';
  /** `poll`: a column that grows with every change; a version or a time. */
  readonly cursor?: string | undefined;
  /**
   * `poll` where the source cannot say which transactions are still open: how far
   * behind the cursor a poll starts, in minutes. Default 10.
   */
  readonly overlapMinutes?: number | undefined;
  /** Cron expressions; absent means never on a schedule. */
  readonly delta?: string | undefined;
  readonly full?: string | undefined;
  readonly timeZone?: string | undefined;
}

/** A transform that takes no settings. */
export type PlainTransform =
  | 'trim'
  | 'collapse'
  | 'lower'
  | 'upper'
  | 'title'
  | 'normalize'
  | 'removeDiacritics'
  | 'boolean'
  | 'not'
  | 'isEmpty'
  | 'isSet'
  | 'date';

/** One step between a column and a field; several are carried out in the order written. */
export type Transform =
  | PlainTransform
  /** One part of a list; `take` counts from 1, from the end when negative. */
  | { readonly split: { readonly by: string; readonly take: number } }
  /** Every occurrence, as it is written: no pattern. */
  | { readonly replace: { readonly from: string; readonly to: string } }
  | { readonly removePrefix: string }
  | { readonly removeSuffix: string }
  | { readonly addPrefix: string }
  | { readonly addSuffix: string }
  /** Texts that stand for nothing, compared without surrounding spaces. */
  | { readonly emptyIf: readonly string[] }
  /** At most so many characters. */
  | { readonly truncate: number }
  /** What each value becomes; `default` is for all others, empty ones included. */
  | { readonly switch: Readonly<Record<string, string | null>> }
  /** The words for yes and no, compared without regard to case. */
  | { readonly boolean: { readonly true: readonly string[]; readonly false: readonly string[] } }
  /** Which comes first where day and month could be either. */
  | { readonly date: DateOrder };

export type DateOrder = 'dmy' | 'mdy';

/** What is done with a value on its way to a field. */
export interface Refining {
  readonly transform: readonly Transform[];
  /** Instead of nothing (NULL), after the transforms. */
  readonly default?: string | undefined;
}

/** Where the value of a profile field comes from. */
export type FieldRule =
  | (Refining & { readonly column: string })
  /** Those that hold something, in this order, with `join` between them. */
  | (Refining & { readonly columns: readonly string[]; readonly join: string })
  /** The first that holds something. */
  | (Refining & { readonly coalesce: readonly string[] })
  /** CEL over `record`. */
  | (Refining & { readonly expression: string })
  | { readonly value: string | boolean };

export interface Mapping {
  readonly username: FieldRule;
  readonly email?: FieldRule | undefined;
  readonly givenName?: FieldRule | undefined;
  readonly familyName?: FieldRule | undefined;
  readonly displayName?: FieldRule | undefined;
  /** A BCP 47 language tag: the language of e-mails to this person. */
  readonly locale?: FieldRule | undefined;
  readonly enabled?: FieldRule | undefined;
  readonly attributes: Readonly<Record<string, FieldRule>>;
}

export type Onboarding = 'none' | 'force-reset' | 'pre-registration';

export interface PasswordRules {
  readonly column?: string | undefined;
  readonly format: PasswordFormatSetting;
  readonly onboarding: Onboarding;
  /** Whether registration e-mails go out by themselves, or wait until an operator releases them. Absent: `send`. */
  readonly invitations?: 'send' | 'hold' | undefined;
  readonly forceReset?: FieldRule | undefined;
  readonly preRegistration?: FieldRule | undefined;
  /**
   * What becomes of a forced reset when the password is changed at the source:
   * `keep` it, because an administrator may have set another temporary one there,
   * or `clear` it, where only people change their own. Absent: `keep`.
   */
  readonly onSourceChange?: 'keep' | 'clear' | undefined;
  /** A column that says when the password was changed last: a time, or seconds since 1970. `newest` goes by it. */
  readonly changedAt?: string | undefined;
  /** How the database itself checks a password; never together with `column`. */
  readonly verify?: PasswordCheck | undefined;
  readonly writeBack: WriteBackRules;
}

/** A query with the parts of the record's key as `$1` and on, and the password as the parameter after them. */
export interface PasswordCheck {
  readonly query: string;
}

/** `now` is the source's own current time; everything else is written as it is. */
export type AlsoValue = string | number | boolean | null;

/** What a definition has to say, word for word, before passwords are written in a weak format. */
export const WEAK_FORMAT_WORDS = 'yes, whoever reads the table may learn the passwords';

export interface WriteBackRules {
  readonly enabled: boolean;
  /** Absent: the format the record has now, at today's cost. */
  readonly format?: string | undefined;
  /** Absent: passwords are never written unsalted, as MD5 or plain. */
  readonly weakFormatAccepted?: typeof WEAK_FORMAT_WORDS | undefined;
  /**
   * For a login that may not read hashes: a version, or the time of the last
   * change, that is compared in the hash's place and moves on with every write.
   */
  readonly compare?: string | undefined;
  /** Other columns written along; the text `now` means the source's current time. */
  readonly set: Readonly<Record<string, AlsoValue>>;
  readonly conflict: 'newest' | 'provider' | 'local';
}

export interface Safeguards {
  /** Disables count as deletions. Held above `count` or above `percent`, never at or below `floor`. */
  readonly deletions: { readonly count: number; readonly percent: number; readonly floor: number };
  /** Usernames, e-mails or passwords that change. */
  readonly changes: { readonly percent: number; readonly floor: number };
  /** Registration e-mails in one run. */
  readonly emails: number;
}
