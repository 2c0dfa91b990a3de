import { createHash } from 'node:crypto';
import type { Secret } from './secret.ts';

declare const recordKey: unique symbol;
declare const fingerprint: unique symbol;

/**
 * Identifies one record within one provider, for as long as the record exists.
 *
 * Text built by {@link encodeKey} from the key columns in declared order.
 * Stored, shown and typed by support staff; compared byte for byte.
 */
export type RecordKey = string & { readonly [recordKey]: true };

/** 32 hexadecimal digits: the first 128 bits of the SHA-256 of {@link canonicalText}. */
export type Fingerprint = string & { readonly [fingerprint]: true };

/** What a column holds once it has left the connector: text without loss, or null. */
export type SourceValue = string | null;

/** A reason why one record cannot be used. It concerns this record alone. */
export interface RecordProblem {
  readonly column: string;
  readonly code: 'VALUE_TOO_LARGE' | 'VALUE_NOT_TEXT' | 'KEY_MISSING';
  readonly message: string;
}

/** One user as the provider holds it. */
export interface SourceRecord {
  readonly key: RecordKey;

  /** The columns asked for, except the password column. A column that is absent was not read; it is not null. */
  readonly values: Readonly<Record<string, SourceValue>>;

  /** The stored password hash, exactly as stored; null when the record has none or no column is configured. */
  readonly passwordHash: Secret | null;

  readonly fingerprint: Fingerprint;

  /** Empty for a record that can be used. */
  readonly problems: readonly RecordProblem[];
}

/**
 * One column: its text as it is. Several: joined by commas, with commas and
 * backslashes inside a part preceded by a backslash.
 */
export function encodeKey(parts: readonly string[]): RecordKey {
  if (parts.length === 1) return parts[0] as RecordKey;
  return parts.map((part) => part.replaceAll(/[\\,]/g, '\\$&')).join(',') as RecordKey;
}

/** The reverse of {@link encodeKey}; null when the text does not hold `columns` parts. */
export function decodeKey(key: string, columns: number): readonly string[] | null {
  if (columns === 1) return [key];
  const parts = [''];
  for (let at = 0; at < key.length; at += 1) {
    const character = key.charAt(at);
    if (character === ',') parts.push('');
    else if (character === '\\' && at + 1 < key.length)
      parts.push(`${parts.pop() ?? ''}${key.charAt((at += 1))}`);
    else parts.push(`${parts.pop() ?? ''}${character}`);
  }
  return parts.length === columns ? parts : null;
}

/**
 * The text a fingerprint is made of: for each column in the given order `~` for
 * null, otherwise the length in UTF-8 bytes, a colon and the text. No two
 * different rows have the same text, and every database can build it.
 */
export function canonicalText(values: readonly SourceValue[]): string {
  return values
    .map((value) => (value === null ? '~' : `${String(Buffer.byteLength(value))}:${value}`))
    .join('');
}

/** @param values in the order of `ConnectorOptions.columns`, the password column last. */
export function fingerprintOf(values: readonly SourceValue[]): Fingerprint {
  return createHash('sha256').update(canonicalText(values)).digest('hex').slice(0, 32) as Fingerprint;
}
