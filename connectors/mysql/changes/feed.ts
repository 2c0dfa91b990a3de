import type { ChangeFeed } from '../../contract/connector.ts';
import type { Reader } from '../reader.ts';
import { createBinlog } from './binlog.ts';
import type { Login } from './log-stream.ts';
import { createPoll } from './poll.ts';

/** @returns null when the definition asks for no feed, or names a source that cannot have the one it asks for. */
export function createFeed(reader: Reader, login: Login): ChangeFeed | null {
  const { changes, source } = reader.options;
  // Nothing but a cursor tells what changed.
  if (changes.mode === 'poll' && changes.cursor !== undefined) return createPoll(reader, changes.cursor);
  if (changes.mode === 'binlog' && source.table !== undefined) return createBinlog(reader, login);
  return null;
}
