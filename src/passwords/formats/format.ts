import type { SourceValue } from '../../../connectors/contract/record.ts';
import type { BlockingWork } from '../blocking-work.ts';
import type { Costs } from '../costs.ts';

/** A hash that a format has recognised and taken apart. */
export interface StoredHash {
  /** False: it asks for more than bounds.ts allows, and `matches` must not be called. */
  readonly affordable: boolean;
  /** Where one format has weak hashes and others; absent: as the format. */
  readonly weak?: boolean;
  /**
   * Compares in a time that depends on the hash's costs only.
   *
   * @throws AppError `PEPPER_MISSING` when the environment lacks what the format needs.
   */
  matches(password: string, work: BlockingWork): Promise<boolean>;
}

/** What a new hash takes into account. */
export interface Writing {
  /** The hash it replaces, of whatever format. */
  readonly current: string | null;
  /** What columns of their own hold of it; empty where there are none. */
  readonly parts: readonly SourceValue[];
  readonly costs: Costs;
  readonly work: BlockingWork;
}

/** One way of storing passwords. */
export interface PasswordFormat {
  /** Stable; the word for it in provider definitions. */
  readonly name: string;
  /** For the reference: who writes it, and how it looks. */
  readonly description: string;
  /** Unsalted, MD5 or plain: written only where the definition accepts that in so many words. */
  readonly weak: boolean;
  /**
   * True where the look of a hash does not say what made it: only a definition
   * that names the format is believed.
   */
  readonly onlyNamed: boolean;
  /**
   * Null: of another format, or damaged. `parts`: what columns of their own hold
   * of it; only formats of a rule look at them.
   */
  read(hash: string, parts: readonly SourceValue[]): StoredHash | null;
  readonly writer: FormatWriter;
}

export interface FormatWriter {
  /** How long a hash at today's cost is, in characters; null when it depends on the password or on a rule. */
  readonly length: number | null;
  /**
   * @returns the text that the password column gets, or of `joinStored` where it is spread over columns.
   * @throws AppError `PEPPER_MISSING`, as {@link StoredHash.matches}.
   */
  write(password: string, writing: Writing): Promise<string>;
}
