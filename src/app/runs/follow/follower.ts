import type { Connector } from '../../../../connectors/contract/connector.ts';
import type { ProviderRow } from '../../../store/entities/directory.ts';
import { noteFollower, type FollowerNote } from '../../../store/followers/note-follower.ts';
import type { AppContext } from '../../context.ts';

/** What one process follows a provider with, for as long as it holds it. */
export interface Follower {
  readonly context: AppContext;
  readonly provider: ProviderRow;
  readonly owner: string;
  readonly signal: AbortSignal;
  /** What is alive along with the follower: the heartbeat renews and looks after it. */
  readonly held: Held;
}

export interface Held {
  /** The run of the stretch under way. */
  runId: string | null;
  connector: Connector | null;
  /** Failed attempts in a row. */
  attempts: number;
}

/** Says what the follower is at. */
export async function note(
  { context, provider, owner, held }: Follower,
  about: Omit<FollowerNote, 'attempts'>,
): Promise<void> {
  const holder = { providerId: provider.id, owner };
  await noteFollower(context.store.read, holder, { ...about, attempts: held.attempts });
}
