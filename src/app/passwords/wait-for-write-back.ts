import { setTimeout as sleep } from 'node:timers/promises';
import { findWriteBackState } from '../../store/passwords/find-write-back-state.ts';
import type { WriteBackState } from '../../store/entities/effects.ts';
import type { AppContext } from '../context.ts';

const POLL_MS = 50;

/** Looks at a write-back until it is finished, for at most `ms`. @returns the state seen last; null when it is not there. */
export async function waitForWriteBack(
  context: AppContext,
  id: string,
  ms: number,
): Promise<WriteBackState | null> {
  const over = AbortSignal.timeout(ms);
  let state = await findWriteBackState(context.store.read, id);
  while (state === 'pending' && !over.aborted) {
    await sleep(POLL_MS);
    state = await findWriteBackState(context.store.read, id);
  }
  return state;
}
