import { ConnectorError } from '../../../connectors/contract/errors.ts';
import type { Cause } from '../../domain/cause.ts';
import type { AppError } from '../../kernel/errors.ts';
import type { ProviderRow } from '../../store/entities/directory.ts';
import type { RunRow } from '../../store/entities/runs.ts';
import { recordProviderEvent } from '../../store/providers/record-provider-event.ts';
import { insertNewPass } from '../../store/runs/insert-new-pass.ts';
import { saveProgress } from '../../store/runs/save-progress.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import { noteProviderHealth } from './note-provider-health.ts';

interface Failing {
  readonly context: AppContext;
  readonly provider: ProviderRow;
  readonly run: RunRow;
  readonly lease: { readonly runId: string; readonly owner: string };
}

/**
 * Ends a run that cannot go on. Where the position to go on from is gone or was
 * never there, only a full run restores the truth: it is asked for in the same
 * transaction, and everybody who looks is told.
 */
export async function failRun(about: Failing, error: ConnectorError | AppError): Promise<void> {
  const { context, provider, run, lease } = about;
  const fault = { code: error.code, message: error.message };
  context.logger.error('a run failed', { provider: provider.name, run: run.id, error });
  await context.store.transaction(async (tx) => {
    await saveProgress(tx, lease, { state: 'failed', error: fault });
    if (run.kind === 'full' || run.kind === 'record' || !needsNewPass(error)) return;
    const cause = { kind: 'run', runId: run.id } as const;
    await loseHistory(context, tx, { provider, code: fault.code, cause });
  });
  await noteProviderHealth(context, provider.id, fault);
}

/** Asks for a full run because a provider cannot be followed from where we are, and says so wherever somebody looks. */
export async function loseHistory(
  context: AppContext,
  tx: Transaction,
  about: { readonly provider: ProviderRow; readonly code: string; readonly cause: Cause },
): Promise<void> {
  const { provider, code, cause } = about;
  const fullRun = await insertNewPass(tx, provider);
  context.logger.error('the history of a provider is lost to us; a full run was requested', {
    provider: provider.name,
    code,
    fullRun,
  });
  const detail = { code, fullRun };
  await recordProviderEvent(tx, { providerId: provider.id, kind: 'history-lost', cause, detail });
}

/** Whether nothing but a full run helps. */
export function needsNewPass(error: ConnectorError | AppError): boolean {
  if (error instanceof ConnectorError) return error.advice.action === 'resnapshot';
  return error.code === 'CHECKPOINT_MISSING';
}
