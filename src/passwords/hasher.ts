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

  /** @param format of the definition: `auto` or the name of a format. */
  verify(password: Secret, stored: Secret, format?: string): Promise<Verification>;

  /** Takes the time of one verification of ours: the answer for people who do not exist. */
  waste(password: Secret): Promise<void>;

  /**
   * The hash as a provider would store it, at today's cost. `format` null: the
   * format of `current`.
   *
   * @throws AppError `FORMAT_UNKNOWN` when neither says which, or the format is not one we write.
   */
  encode(password: Secret, format: string | null, current: Secret | null): Promise<Secret>;
}
