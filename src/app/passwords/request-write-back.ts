import type { Cause } from '../../domain/cause.ts';
import { newId } from '../../kernel/ids.ts';
import { requestEffects } from '../../store/outbox/request-effects.ts';
import { insertWriteBack } from '../../store/passwords/insert-write-back.ts';
import { supersedeWriteBacks } from '../../store/passwords/supersede-write-backs.ts';
import { recordEvents } from '../../store/profiles/record-events.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import type { WriteBackPlan } from './plan-write-back.ts';
import { expectedBinding, writeBackHashBinding } from './write-back-bindings.ts';

export interface WriteBackRequest {
  readonly profileId: string;
  readonly plan: WriteBackPlan;
  readonly cause: Cause;
}

/**
 * Asks for a new password to be carried to the provider, as part of the
 * transaction that sets it. Whatever older password was still on its way is
 * superseded, also when this one cannot be carried.
 *
 * @returns the write-back's id; null when there is nothing to write.
 */
export async function requestWriteBack(
  context: Pick<AppContext, 'keyring'>,
  tx: Transaction,
  request: WriteBackRequest,
): Promise<string | null> {
  const { profileId, plan, cause } = request;
  await supersedeWriteBacks(tx, profileId);
  if (plan.kind === 'none') return null;
  if (plan.kind === 'impossible') {
    const detail = { provider: plan.providerName, code: plan.code };
    await recordEvents(tx, cause, [{ profileId, kind: 'write-back-impossible', detail }]);
    return null;
  }
  const id = newId();
  await insertWriteBack(tx, {
    id,
    providerId: plan.providerId,
    profileId,
    recordKey: plan.recordKey,
    hash: context.keyring.seal(plan.hash, writeBackHashBinding(id)),
    expected: plan.expected === null ? null : context.keyring.seal(plan.expected, expectedBinding(id)),
  });
  await requestEffects(tx, 'write-back', [id]);
  return id;
}
