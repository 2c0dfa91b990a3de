import type { ChangeFeed } from '../../contract/connector.ts';
import type { Reader } from '../reader.ts';
import { createListener } from './listen.ts';
import { createPoll } from './poll.ts';
import { createReplication } from './replicate.ts';

/** @returns null when the definition asks for no feed, or names a source that cannot have the one it asks for. */
export function createFeed(reader: Reader): ChangeFeed | null {
  const { changes, source } = reader.options;
  // Log and triggers are those of tables.
  if (changes.mode === 'replication') return source.table === undefined ? null : createReplication(reader);
  if (changes.mode === 'listen') return source.table === undefined ? null : createListener(reader);
  if (changes.mode !== 'poll') return null;
  // A query has no xmin: without a cursor nothing tells what changed.
  if (source.table === undefined && changes.cursor === undefined) return null;
  return createPoll(reader);
}
