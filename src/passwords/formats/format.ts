import type { BlockingWork } from '../blocking-work.ts';
import type { Costs } from '../costs.ts';

/** A hash that a format has recognised and taken apart. */
export interface StoredHash {
  /** False: it asks for more than bounds.ts allows, and `matches` must not be called. */
  readonly affordable: boolean;
  /** Compares in a time that depends on the hash's costs only. */
  matches(password: string, work: BlockingWork): Promise<boolean>;
}

/** What a new hash takes into account. */
export interface Writing {
  /** The hash it replaces, of whatever format. */
  readonly current: string | null;
  readonly costs: Costs;
  readonly work: BlockingWork;
}

/** One way of storing passwords. */
export interface PasswordFormat {
  /** Stable; the word for it in provider definitions. */
  readonly name: string;
  /** For the reference: who writes it, and how it looks. */
  readonly description: string;
  /** Unsalted, MD5 or plain. A weak format is never written. */
  readonly weak: boolean;
  /**
   * True where the look of a hash does not say what made it: only a definition
   * that names the format is believed.
   */
  readonly onlyNamed: boolean;
  /** Null: of another format, or damaged. */
  read(hash: string): StoredHash | null;
  /** Absent where we do not write the format. */
  readonly writer?: FormatWriter;
}

export interface FormatWriter {
  /** How long a hash at today's cost is, in characters. */
  readonly length: number;
  write(password: string, writing: Writing): Promise<string>;
}
