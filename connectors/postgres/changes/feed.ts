import type { ChangeFeed } from '../../contract/connector.ts';
import type { Reader } from '../reader.ts';
import { createPoll } from './poll.ts';

/** @returns null when the definition asks for no feed, or names a source that cannot have the one it asks for. */
export function createFeed(reader: Reader): ChangeFeed | null {
  const { changes, source } = reader.options;
  if (changes.mode !== 'poll') return null;
  // A query has no xmin: without a cursor nothing tells what changed.
  if (source.table === undefined && changes.cursor === undefined) return null;
  return createPoll(reader);
}
