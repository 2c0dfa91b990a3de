import { AppError, missing } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import { WriteBackEntity } from '../../store/entities/effects.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { reviveEffects } from '../../store/outbox/revive-effects.ts';
import {
  decideWriteBack,
  type DecidedWriteBack,
  type Keep,
} from '../../store/passwords/decide-write-back.ts';
import { recordEvents } from '../../store/profiles/record-events.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';

/** One conflict, either way; or all of them for the provider: each password set here is somebody's own to insist on. */
export type ConflictDecision =
  { readonly id: string; readonly keep: Keep } | { readonly all: true; readonly keep: 'provider' };

/**
 * Settles write-backs that lost against a password set at the provider meanwhile.
 *
 * `provider`: the write-back is over. `here`: it is delivered again, by
 * compare-and-set against what the provider held when the conflict was found.
 * What changes there once more is not overwritten: that is another conflict. Once
 * it is written, the password set here signs in again, and every session ends.
 *
 * @returns how many were settled.
 * @throws AppError `WRITE-BACK_NOT_FOUND`, `WRITE_BACK_NOT_IN_CONFLICT` or `WRITE_BACK_FORGOTTEN` when one is asked for by its id.
 */
export async function decideConflict(
  context: Pick<AppContext, 'store' | 'keyring'>,
  decision: ConflictDecision,
  actor: string,
): Promise<number> {
  const id = 'id' in decision ? decision.id : null;
  if (id !== null && !isId(id)) throw missing('write-back', id);
  const { keep } = decision;
  return await context.store.transaction(async (tx) => {
    const decided = await decideWriteBack(tx, id === null ? null : [id], keep);
    if (id !== null && decided.length === 0) throw await whyNot(tx, id);
    if (keep === 'here') await reviveEffects(tx, 'write-back', idsOf(decided));
    await recordEvents(
      tx,
      { kind: 'operator', name: actor },
      decided.map(({ id: writeBack, profileId, provider }) => ({
        profileId,
        kind: 'write-back-settled',
        detail: { provider, writeBack, keep },
      })),
    );
    await appendAudit(tx, context.keyring, {
      actor,
      action: 'write-back.settle',
      subject: id ?? 'all',
      detail: { keep, writeBacks: decided.length },
    });
    return decided.length;
  });
}

const idsOf = (decided: readonly DecidedWriteBack[]): readonly string[] => decided.map(({ id }) => id);

async function whyNot(tx: Transaction, id: string): Promise<AppError> {
  const found = await tx.findOneBy(WriteBackEntity, { id });
  if (found === null) return missing('write-back', id, 'List them with: tributary write-back list');
  const lost = found.state === 'failed' && found.errorCode === 'PASSWORD_CHANGED';
  if (found.state === 'conflict' || lost)
    return new AppError({
      kind: 'conflict',
      code: 'WRITE_BACK_FORGOTTEN',
      message: `The password of write-back ${id} is not kept any more.`,
      remedy: 'Keep the one of the provider, or have the person set a password here again.',
    });
  return new AppError({
    kind: 'conflict',
    code: 'WRITE_BACK_NOT_IN_CONFLICT',
    message: `Write-back ${id} is in no conflict; it is ${found.state}.`,
    remedy: 'List those that are: tributary write-back list --state conflict',
  });
}
