import type { RecordKey } from './record.ts';
import type { Secret } from './secret.ts';

/** One record as it was pushed to us last. */
export interface InboxRecord {
  readonly key: RecordKey;
  /** A JSON object: every column that was pushed, with its text or null. Hashes are among them. */
  readonly columns: Secret;
}

/**
 * What a provider whose database we cannot reach has pushed to us: the records it
 * has now, as far as it has told. For such a provider this is the source.
 */
export interface Inbox {
  /** The next records in the order of their keys' bytes, strictly after `after`. */
  page(after: RecordKey | null, limit: number, signal: AbortSignal): Promise<readonly InboxRecord[]>;

  /** Those that exist among `keys`, in no particular order. */
  get(keys: readonly RecordKey[], signal: AbortSignal): Promise<readonly InboxRecord[]>;

  count(signal: AbortSignal): Promise<number>;

  /** Whether there is a key that posts can be signed with. */
  hasKey(signal: AbortSignal): Promise<boolean>;
}
