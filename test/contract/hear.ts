import type { Change, Checkpoint } from '../../connectors/contract/change.ts';
import type { Connector } from '../../connectors/contract/connector.ts';
import { never } from './fixture.ts';
import { feedOf } from './follower.ts';

/** Reads until a change is heard, and says which were: keys, with a minus for those gone, and `reset`. */
export async function hear(
  connector: Connector,
  from: Checkpoint,
  wanted: (change: Change) => boolean,
): Promise<readonly string[]> {
  const heard: string[] = [];
  for await (const { changes } of feedOf(connector).read(from, never)) {
    heard.push(...changes.map(name));
    if (changes.some(wanted)) return heard;
  }
  return heard;
}

function name(change: Change): string {
  if (change.kind === 'upsert') return change.record.key;
  return change.kind === 'delete' ? `-${change.key}` : 'reset';
}

export const isReset = ({ kind }: Change): boolean => kind === 'reset';

export const isKey =
  (key: string) =>
  (change: Change): boolean =>
    change.kind === 'upsert' && change.record.key === key;
