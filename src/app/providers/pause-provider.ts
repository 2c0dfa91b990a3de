import { appendAudit } from '../../store/operators/append-audit.ts';
import { findProvider } from '../../store/providers/find-provider.ts';
import { pauseProvider as setPaused } from '../../store/providers/pause-provider.ts';
import type { AppContext } from '../context.ts';

export interface PauseRequest {
  readonly name: string;
  readonly actor: string;
}

/**
 * Stops scheduled runs of a provider; what an operator asks for still runs.
 *
 * @returns false when it was paused already.
 * @throws AppError `PROVIDER_NOT_FOUND`
 */
export async function pauseProvider(context: AppContext, request: PauseRequest): Promise<boolean> {
  return await decide(context, request, true);
}

/** The reverse of {@link pauseProvider}. @returns false when it was not paused. */
export async function resumeProvider(context: AppContext, request: PauseRequest): Promise<boolean> {
  return await decide(context, request, false);
}

async function decide(context: AppContext, { name, actor }: PauseRequest, paused: boolean): Promise<boolean> {
  return await context.store.transaction(async (tx) => {
    const provider = await findProvider(tx, name);
    if (!(await setPaused(tx, provider.id, paused))) return false;
    const action = paused ? 'provider.pause' : 'provider.resume';
    await appendAudit(tx, context.keyring, { actor, action, subject: name, detail: {} });
    return true;
  });
}
