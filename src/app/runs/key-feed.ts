import type { ChangeFeed } from '../../../connectors/contract/connector.ts';

/** Which records may have changed, and where the provider's history stands after that. */
export interface KeyBatch {
  readonly keys: readonly string[];
  /** Every record read so far may be gone: only a full run tells. */
  readonly reset: boolean;
  /** Null inside a source transaction. */
  readonly checkpoint: string | null;
}

/**
 * A provider's changes as runs follow them. A change says only that a record is to
 * be read again: what is written is what the source says then, so that a change
 * that comes twice, late or incomplete does no harm.
 */
export interface KeyFeed {
  readonly delivery: ChangeFeed['delivery'];
  /** The position after everything committed so far. */
  head(signal: AbortSignal): Promise<string>;
  /** What happened after `from`, at least once, in commit order; rejects as {@link ChangeFeed.read}. */
  read(from: string, signal: AbortSignal): AsyncIterable<KeyBatch>;
  /** Nothing before `upTo` will be asked for again. */
  acknowledge(upTo: string, signal: AbortSignal): Promise<void>;
}
