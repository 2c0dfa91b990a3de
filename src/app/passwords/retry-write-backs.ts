import { AppError, missing } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { reviveEffects } from '../../store/outbox/revive-effects.ts';
import { reopenWriteBacks } from '../../store/passwords/reopen-write-backs.ts';
import type { AppContext } from '../context.ts';

/**
 * Has passwords carried to their providers again, from now on and for another 72
 * hours: those that failed, whose record was missing, or that wait for their next
 * attempt.
 *
 * @returns the ids of the write-backs.
 * @throws AppError `WRITE-BACK_NOT_FOUND` or `WRITE_BACK_ENDED` when one is asked for by its id.
 */
export async function retryWriteBacks(
  context: Pick<AppContext, 'store' | 'keyring'>,
  which: { readonly id: string } | { readonly all: true },
  actor: string,
): Promise<readonly string[]> {
  if ('id' in which && !isId(which.id)) throw missing('write-back', which.id);
  return await context.store.transaction(async (tx) => {
    const ids = await reopenWriteBacks(tx, 'id' in which ? [which.id] : null);
    if ('id' in which && ids.length === 0) throw ended(which.id);
    await reviveEffects(tx, 'write-back', ids);
    await appendAudit(tx, context.keyring, {
      actor,
      action: 'write-back.retry',
      subject: 'id' in which ? which.id : 'all',
      detail: { writeBacks: ids.length },
    });
    return ids;
  });
}

function ended(id: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'WRITE_BACK_ENDED',
    message: `There is no write-back ${id} that could be tried again: it has been written, superseded or forgotten, or lost against a change at the provider.`,
    remedy:
      'List the open ones: bin/tributary write-back list. A newer password is written by itself; a conflict is settled with write-back settle.',
  });
}
