import { finishEffect } from '../../store/outbox/finish-effect.ts';
import { postponeEffect } from '../../store/outbox/postpone-effect.ts';
import type { AppContext } from '../context.ts';
import type { EffectOutcome } from './effect-outcome.ts';
import type { EffectLease } from './lease-effect.ts';

/**
 * Writes what came of an effect and gives the lease back.
 *
 * @returns false when the lease had been lost meanwhile: nothing is written, its new holder decides.
 */
export async function settleEffect(
  context: Pick<AppContext, 'store'>,
  lease: EffectLease,
  outcome: EffectOutcome,
): Promise<boolean> {
  const { id, owner } = lease;
  const tx = context.store.read;
  if (outcome.kind === 'later' || outcome.kind === 'handed-back')
    return await postponeEffect(tx, {
      id,
      owner,
      afterSeconds: outcome.afterSeconds,
      countAttempt: outcome.kind === 'later',
      errorCode: outcome.kind === 'later' ? outcome.code : null,
      error: outcome.kind === 'later' ? outcome.reason : null,
    });
  return await finishEffect(tx, {
    id,
    owner,
    state: outcome.kind,
    errorCode: outcome.kind === 'done' ? null : outcome.code,
    error: outcome.kind === 'done' ? null : outcome.reason,
  });
}
