import type { SourceValue } from '../../../connectors/contract/record.ts';

/** What a system tells of itself in one post. */
export type PushMessage =
  | {
      readonly kind: 'records';
      readonly records: readonly PushedColumns[];
      /** The complete set that they belong to; null for records that changed. */
      readonly set: string | null;
    }
  /** Records that do not exist any more. */
  | { readonly kind: 'deletions'; readonly keys: readonly PushedKey[] }
  /** Records that may have changed and are to be read again. */
  | { readonly kind: 'hints'; readonly keys: readonly PushedKey[] }
  | { readonly kind: 'begin'; readonly set: string }
  /** `records`: how many different records the set has. */
  | { readonly kind: 'end'; readonly set: string; readonly records: number };

/** One record as it came: columns with JSON values. */
export type PushedColumns = Readonly<Record<string, string | number | boolean | null>>;

/** A key as support staff know it, or the key columns by their names. */
export type PushedKey = string | number | Readonly<Record<string, string | number>>;

/** What is wrong with one record or key of a post. */
export interface PushFault {
  /** The column; empty for the record as a whole. */
  readonly column: string;
  readonly code: 'KEY_MISSING' | 'VALUE_NOT_TEXT' | 'NUMBER_INEXACT';
  readonly message: string;
  readonly remedy: string;
}

/** Values as every connector hands them over: text without loss, or null. */
export type TextColumns = ReadonlyMap<string, SourceValue>;
