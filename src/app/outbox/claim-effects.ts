import type { OutboxKind } from '../../store/entities/effects.ts';
import { claimRelayable, type RelayableEffect } from '../../store/outbox/claim-relayable.ts';
import type { AppContext } from '../context.ts';

export type { OutboxKind, RelayableEffect };

/** Of each kind at most so many are with the queues at once: a backlog of a hundred thousand stays in the store. */
const WINDOW = 500;

/** A worker that lives takes an effect within moments; after this the queue must have lost it. */
const AGAIN_AFTER_SECONDS = 30;

/** Claims effects of one kind for the queue; what is not enqueued then is claimed again after half a minute. */
export async function claimEffects(
  context: Pick<AppContext, 'store'>,
  kind: OutboxKind,
): Promise<readonly RelayableEffect[]> {
  return await claimRelayable(context.store.read, {
    kind,
    window: WINDOW,
    againAfterSeconds: AGAIN_AFTER_SECONDS,
  });
}
