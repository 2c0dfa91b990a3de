import { AppError, missing } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import { ProviderEntity } from '../../store/entities/directory.ts';
import { RunEntity } from '../../store/entities/runs.ts';
import { requeueEmails } from '../../store/mail/requeue-emails.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { closeFailedWork, lockFailedWork, type FailedWork } from '../../store/outbox/failed-work.ts';
import { reviveEffects } from '../../store/outbox/revive-effects.ts';
import { reopenWriteBacks } from '../../store/passwords/reopen-write-backs.ts';
import { findOpenRun } from '../../store/runs/find-open-run.ts';
import { insertRun } from '../../store/runs/insert-run.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';

/**
 * Has work that was given up done again: e-mails and write-backs from their first
 * attempt on, a run by a new one of the same kind, unless its provider has one
 * under way. What is no longer wanted leaves the list.
 *
 * @returns how many of them are being done again.
 * @throws AppError `WORK_NOT_FOUND` or `WORK_NOT_FAILED` when one is asked for by its id.
 */
export async function retryWork(
  context: Pick<AppContext, 'store' | 'keyring'>,
  which: { readonly id: string } | { readonly all: true },
  actor: string,
): Promise<number> {
  const id = 'id' in which ? which.id : null;
  if (id !== null && !isId(id)) throw missing('work', id);
  return await context.store.transaction(async (tx) => {
    const failed = await lockFailedWork(tx, id);
    if (id !== null && failed.length === 0) throw notFailed(id);
    const retried = await retryAll(tx, failed, actor);
    const detail = { retried, of: failed.length };
    await appendAudit(tx, context.keyring, { actor, action: 'work.retry', subject: id ?? 'all', detail });
    return retried;
  });
}

async function retryAll(tx: Transaction, failed: readonly FailedWork[], actor: string): Promise<number> {
  const subjects = (kind: FailedWork['kind']): readonly string[] =>
    failed.filter((work) => work.kind === kind).map(({ subjectId }) => subjectId);
  const emails = await requeueEmails(tx, subjects('email'));
  const writeBacks = await reopenWriteBacks(tx, subjects('write-back'));
  let runs = 0;
  for (const runId of subjects('run')) if (await runAgain(tx, runId, actor)) runs += 1;
  const alive = new Set([...emails, ...writeBacks]);
  // First, because a row that is revived is pending afterwards.
  await closeFailedWork(
    tx,
    failed.filter(({ subjectId }) => !alive.has(subjectId)).map((work) => work.id),
  );
  await reviveEffects(tx, 'email', emails);
  await reviveEffects(tx, 'write-back', writeBacks);
  return alive.size + runs;
}

/** A run that ended stays as it ended. @returns false when its provider has one under way already. */
async function runAgain(tx: Transaction, runId: string, actor: string): Promise<boolean> {
  const run = await tx.findOneBy(RunEntity, { id: runId });
  if (run === null) return false;
  const { providerId, kind, dryRun, recordKey, replayOf } = run;
  if (kind !== 'record' && (await findOpenRun(tx, providerId)) !== null) return false;
  const { version } = await tx.findOneByOrFail(ProviderEntity, { id: providerId });
  const again = await insertRun(tx, {
    providerId,
    definitionVersion: version,
    // What a stream left behind is found by comparing everything.
    kind: kind === 'stream' ? 'full' : kind,
    dryRun,
    recordKey,
    ...(replayOf === null ? {} : { replayOf }),
    cause: { kind: 'operator', name: actor },
    tick: null,
  });
  return again !== null;
}

function notFailed(id: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'WORK_NOT_FAILED',
    message: `There is no work ${id} that was given up.`,
    remedy: 'Look at the list again: it may have been tried again meanwhile.',
  });
}
