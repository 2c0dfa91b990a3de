import type { Transform } from '../../../connectors/contract/definition.ts';
import type { DigestName } from '../../../connectors/contract/password-format.ts';

/** One guess, with why. */
export interface ProposedField {
  /** `mapping.email`, `mapping.attributes.department`, `password.column`, … */
  readonly path: string;
  readonly column: string;
  readonly transform: readonly Transform[];
  readonly reason: string;
}

/** A column that was nearly taken, and why it was not. */
export interface NearMiss {
  /** What it was nearly taken for: `mapping.email`, `password.column`, … */
  readonly path: string;
  readonly column: string;
  readonly reason: string;
}

/** Where the salts of hashes are, and what digests both. */
export interface ProposedSalt {
  readonly column: string;
  readonly digest: DigestName;
  readonly reason: string;
}

/** A guess at what of a database are its people. */
export interface Proposal {
  readonly table: string;
  /** Why this table. */
  readonly reason: string;
  /** Empty: the table has no key that records could be told apart by. */
  readonly key: readonly string[];
  /** A column that grows with every change; null when none is seen. */
  readonly cursor: Pick<ProposedField, 'column' | 'reason'> | null;
  readonly fields: readonly ProposedField[];
  readonly nearMisses: readonly NearMiss[];
  /** The formats of the hashes that were recognised. */
  readonly hashFormats: readonly string[];
  /** The format that has to be named because no look tells it; null when `auto` does. */
  readonly namedFormat: string | null;
  /** The column that holds the salts of the hashes; null when none does. */
  readonly salted: ProposedSalt | null;
  /** Other tables that could be people, the likeliest first. */
  readonly alternatives: readonly string[];
  /** What somebody has to decide. */
  readonly notes: readonly string[];
}
