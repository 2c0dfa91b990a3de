import { AppError } from '../../kernel/errors.ts';
import { ProviderEntity } from '../../store/entities/directory.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { faultyKeys } from '../../store/runs/faults.ts';
import { insertRun } from '../../store/runs/insert-run.ts';
import type { AppContext } from '../context.ts';
import { findRun } from './decide-held-run.ts';

/**
 * Tries the faulty records of a run again, after their cause was mended at the
 * source or in the mapping. @returns the run that does it.
 *
 * @throws AppError `RUN_NOT_FOUND`, or `NOTHING_TO_REPLAY` when no record is at fault any more.
 */
export async function replayRun(
  context: AppContext,
  request: { readonly runId: string; readonly actor: string },
): Promise<{ runId: string }> {
  return await context.store.transaction(async (tx) => {
    const run = await findRun(tx, request.runId);
    if ((await faultyKeys(tx, run.id, { after: '', limit: 1 })).length === 0) throw nothingToReplay(run.id);
    const provider = await tx.findOneByOrFail(ProviderEntity, { id: run.providerId });
    const runId = await insertRun(tx, {
      providerId: provider.id,
      definitionVersion: provider.version,
      kind: 'record',
      dryRun: false,
      recordKey: null,
      replayOf: run.id,
      cause: { kind: 'operator', name: request.actor },
      tick: null,
    });
    if (runId === null) throw new Error('a run without a tick cannot exist already');
    await appendAudit(tx, context.keyring, {
      actor: request.actor,
      action: 'run.replay',
      subject: run.id,
      detail: { runId },
    });
    return { runId };
  });
}

function nothingToReplay(runId: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'NOTHING_TO_REPLAY',
    message: `Run ${runId} has no record left that could not be used.`,
  });
}
