import { appendAudit } from '../../store/operators/append-audit.ts';
import { findProvider } from '../../store/providers/find-provider.ts';
import { pauseProvider as setPaused } from '../../store/providers/pause-provider.ts';
import type { ProviderRow } from '../../store/entities/directory.ts';
import { nextPushed } from '../../store/push/next-pushed.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import { requestPushRun } from '../push/request-push-run.ts';

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
    if (!paused) await catchUp(tx, provider);
    const action = paused ? 'provider.pause' : 'provider.resume';
    await appendAudit(tx, context.keyring, { actor, action, subject: name, detail: {} });
    return true;
  });
}

/** What was pushed meanwhile has waited; what is due by the clock comes by itself. */
async function catchUp(tx: Transaction, provider: ProviderRow): Promise<void> {
  const { id: providerId, version, checkpoint, definition } = provider;
  if (definition.changes.mode !== 'push') return;
  const [waiting] = await nextPushed(tx, providerId, { after: '0', limit: 1 });
  if (waiting === undefined) return;
  await requestPushRun(tx, { providerId, version, checkpoint, paused: false, complete: false });
}
