import type { PasswordFormatSetting } from '../../connectors/contract/password-format.ts';
import type { Secret } from '../../connectors/contract/secret.ts';

/** What came of checking a password against a stored hash. */
export interface Verification {
  /**
   * `unverifiable`: the format is unknown, its costs are out of bounds or the
   * hash is damaged. Never a way in; the person is left with forgot-password.
   */
  readonly result: 'match' | 'mismatch' | 'unverifiable';
  /** The recognised format; null when unknown. */
  readonly format: string | null;
  /** Unsalted, MD5 or plain: a match may only lead to choosing a new password. */
  readonly weak: boolean;
  /** Ours, and made with less than today's cost. */
  readonly outdated: boolean;
}

/**
 * Hashes and verifies off the event loop, at most `2 × cores` at once; beyond a
 * bounded queue it rejects with AppError `busy`, `HASHING_BUSY`.
 *
 * Passwords are normalised to NFC here for our own format, and passed on as they
 * are for the formats of providers, whose applications do not normalise.
 */
export interface PasswordHasher {
  /** Our own: argon2id, m=19456 KiB, t=2, p=1. */
  hash(password: Secret): Promise<Secret>;

  /**
   * @param stored a hash, or hash and parts as `joinStored` makes one text of them.
   * @param format of the definition: `auto`, the name of a format, or a rule; absent: our own.
   */
  verify(password: Secret, stored: Secret, format?: PasswordFormatSetting): Promise<Verification>;

  /** Takes the time of one verification of ours: the answer for people who do not exist. */
  waste(password: Secret): Promise<void>;

  /** Runs a verification that is made elsewhere; how long it took counts among those of late. */
  measure<T>(verifying: () => Promise<T>): Promise<T>;

  /** How long the slowest verification of late took in this process, in milliseconds; forgotten by and by. */
  slowestRecentMs(): number;

  /**
   * The hash as a provider would store it, at today's cost; with its parts, as
   * `joinStored` makes one text of them, where the format spreads it over columns.
   *
   * @param order the name of a format, null for the format of `current`, or all that a definition says.
   * @throws AppError `FORMAT_UNKNOWN` when nothing says which format, `FORMAT_WEAK` when it is weak
   *   and that was not accepted, `PEPPER_MISSING` when the environment lacks what the format needs.
   */
  encode(password: Secret, order: string | null | WriteOrder, current: Secret | null): Promise<Secret>;

  /** The environment variables that a format needs and that are not set for this process. */
  missingPeppers(format: PasswordFormatSetting): readonly string[];
}

/** What a definition says about the format of new hashes. */
export interface WriteOrder {
  /** The name of a format; absent, null or `auto`: that of the current hash, otherwise that of `reading`. */
  readonly format?: string | null | undefined;
  /** How the provider's hashes are read. Default: `auto`. */
  readonly reading?: PasswordFormatSetting | undefined;
  /** Whether the definition accepts a weak format in so many words. */
  readonly weakAccepted?: boolean | undefined;
}
