import { ConnectorError } from './errors.ts';
import type { RecordKey, SourceRecord } from './record.ts';

declare const checkpoint: unique symbol;

/**
 * A position in a provider's history.
 *
 * Only the connector that issued it can read it. Everybody else stores the
 * latest one and hands it back; nobody compares, parses or invents one.
 */
export type Checkpoint = string & { readonly [checkpoint]: true };

/** `format` names connector and layout, for example `postgres-lsn/1`. */
export function writeCheckpoint(format: string, position: string): Checkpoint {
  return `${format}:${position}` as Checkpoint;
}

/** @throws ConnectorError `CHECKPOINT_FOREIGN` when it was written in another format. */
export function readCheckpoint(format: string, from: Checkpoint): string {
  if (!from.startsWith(`${format}:`)) {
    throw new ConnectorError('CHECKPOINT_FOREIGN', `expected a ${format} checkpoint`);
  }
  return from.slice(format.length + 1);
}

/**
 * One thing that happened to the provider.
 *
 * There is no separate "created" and "updated": many sources cannot tell them
 * apart. A changed key arrives as a delete of the old key and an upsert of the
 * new one. `reset` means every record read so far may be gone: run in full.
 */
export type Change =
  | { readonly kind: 'upsert'; readonly record: SourceRecord }
  | { readonly kind: 'delete'; readonly key: RecordKey }
  | { readonly kind: 'reset' };

export interface ChangeBatch {
  /** In the order the source committed them. Empty when only the checkpoint moved. */
  readonly changes: readonly Change[];

  /** Where to resume once every change here is stored; null inside a source transaction. */
  readonly checkpoint: Checkpoint | null;
}
