import { ConnectorError } from '../../../connectors/contract/errors.ts';
import type { Secret } from '../../../connectors/contract/secret.ts';
import { WRITE_BACK_GIVE_UP_HOURS, writeBackRetrySeconds } from '../../domain/passwords/write-back-retry.ts';
import { AppError } from '../../kernel/errors.ts';
import { beginWriteBack, type WriteBackToDeliver } from '../../store/passwords/begin-write-back.ts';
import { endWriteBack } from '../../store/passwords/end-write-back.ts';
import type { AppContext } from '../context.ts';
import { DONE, type EffectOutcome } from '../outbox/effect-outcome.ts';
import { openConnector } from '../providers/open-connector.ts';
import { replaceAtProvider } from './replace-at-provider.ts';
import { writeBackHashBinding } from './write-back-bindings.ts';
import { settleConflict, settleUnwritten, settleWritten } from './settle-write-back.ts';

/**
 * Carries one password to its provider. Calling again after a lost reply is safe:
 * the provider answers that it is there already. One that has ended or was
 * superseded by a newer password does nothing.
 *
 * Faults of the provider are tried again for 72 hours, then left to an operator.
 * Rejects with the signal's reason when aborted; the write-back stays pending.
 */
export async function deliverWriteBack(
  context: AppContext,
  writeBackId: string,
  signal: AbortSignal,
): Promise<EffectOutcome> {
  const writeBack = await beginWriteBack(context.store.read, writeBackId);
  if (writeBack?.hash == null) return DONE;
  try {
    const hash = context.keyring.open(writeBack.hash, writeBackHashBinding(writeBack.id));
    return await deliver(context, { writeBack, hash, signal });
  } catch (error) {
    if (signal.aborted || !(error instanceof ConnectorError || error instanceof AppError)) throw error;
    return await afterFault(context, writeBack, error);
  }
}

interface Delivery {
  readonly writeBack: WriteBackToDeliver;
  readonly hash: Secret;
  readonly signal: AbortSignal;
}

async function deliver(context: AppContext, { writeBack, hash, signal }: Delivery): Promise<EffectOutcome> {
  await using connector = await openConnector(context, writeBack.provider);
  const replaced = await replaceAtProvider(context, connector, { writeBack, replacement: hash, signal });
  switch (replaced.outcome) {
    case 'written':
    case 'already': {
      const { record, overwrote = false } = replaced;
      await settleWritten(context, writeBack, { hash, record, overwrote });
      return DONE;
    }
    case 'conflict':
      await settleConflict(context, writeBack, replaced.current);
      return DONE;
    case 'contended':
      // Somebody is at it, and we are not to fight over it.
      return await later(context, writeBack, { ...REASONS.contended, afterSeconds: 0 });
    case 'missing':
      return await giveUp(context, writeBack, { state: 'missing', ...REASONS.missing });
    case 'unavailable':
      return await giveUp(context, writeBack, { state: 'failed', ...REASONS.unavailable });
  }
}

async function afterFault(
  context: AppContext,
  writeBack: WriteBackToDeliver,
  error: ConnectorError | AppError,
): Promise<EffectOutcome> {
  const { id: writeBackId, attempts } = writeBack;
  const { name: provider } = writeBack.provider;
  const { code, message: reason } = error;
  context.logger.warn('a password could not be written back', {
    writeBack: writeBackId,
    provider,
    attempts,
    error,
  });
  const advice = error instanceof ConnectorError ? error.advice : { action: 'operator' };
  const afterSeconds =
    'afterMs' in advice && typeof advice.afterMs === 'number' ? advice.afterMs / 1000 : HOUR_SECONDS;
  return await later(context, writeBack, { code, reason, afterSeconds });
}

const HOUR_SECONDS = 3600;

/** @param about `afterSeconds` is the least to wait. */
async function later(
  context: AppContext,
  writeBack: WriteBackToDeliver,
  about: { readonly code: string; readonly reason: string; readonly afterSeconds: number },
): Promise<EffectOutcome> {
  const { code, reason } = about;
  if (writeBack.ageHours >= WRITE_BACK_GIVE_UP_HOURS)
    return await giveUp(context, writeBack, { state: 'failed', code, reason });
  const error = { id: writeBack.id, state: 'pending', errorCode: code, error: reason } as const;
  const pending = await endWriteBack(context.store.read, error);
  if (!pending) return DONE;
  const afterSeconds = Math.max(about.afterSeconds, writeBackRetrySeconds(writeBack.attempts));
  return { kind: 'later', afterSeconds, code, reason };
}

async function giveUp(
  context: AppContext,
  writeBack: WriteBackToDeliver,
  about: { readonly state: 'missing' | 'failed'; readonly code: string; readonly reason: string },
): Promise<EffectOutcome> {
  await settleUnwritten(context, writeBack, about);
  return { kind: 'failed', code: about.code, reason: about.reason };
}

const REASONS = {
  missing: { code: 'RECORD_MISSING', reason: 'the provider has no such record' },
  unavailable: {
    code: 'WRITE_BACK_UNAVAILABLE',
    reason: 'the definition of the provider does not allow passwords to be written',
  },
  contended: { code: 'PASSWORD_CONTENDED', reason: 'the password keeps changing at the provider' },
} as const;
