import { abandonSubject } from '../../store/outbox/abandon-subject.ts';
import type { AppContext } from '../context.ts';
import type { EffectOutcome } from './effect-outcome.ts';
import type { EffectLease } from './lease-effect.ts';

export type Abandoned = Extract<EffectOutcome, { kind: 'failed' }>;

/**
 * Gives up work that fails for reasons of our own, or takes its workers down with
 * it, and says so where people look: a provider whose run never ended could never
 * have another. An operator can have it tried again.
 */
export async function abandonEffect(
  context: Pick<AppContext, 'store'>,
  lease: Pick<EffectLease, 'kind' | 'subjectId'>,
  outcome: Abandoned,
): Promise<Abandoned> {
  const reason = { code: outcome.code, message: outcome.reason };
  await abandonSubject(context.store.read, { kind: lease.kind, id: lease.subjectId }, reason);
  return outcome;
}
