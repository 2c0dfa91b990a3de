import { AppError, missing } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import { requeueEmails } from '../../store/mail/requeue-emails.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { reviveEffects } from '../../store/outbox/revive-effects.ts';
import type { AppContext } from '../context.ts';

export type WhichToRetry = { readonly id: string } | { readonly all: true };

/**
 * Has e-mails that failed, or whose address was undeliverable, sent again.
 *
 * @returns the ids of the e-mails.
 * @throws AppError `EMAIL_NOT_FOUND` or `EMAIL_NOT_FAILED` when one is asked for by its id.
 */
export async function retryEmails(
  context: Pick<AppContext, 'store' | 'keyring'>,
  which: WhichToRetry,
  actor: string,
): Promise<readonly string[]> {
  if ('id' in which && !isId(which.id)) throw missing('email', which.id);
  return await context.store.transaction(async (tx) => {
    const ids = await requeueEmails(tx, 'id' in which ? [which.id] : null);
    if ('id' in which && ids.length === 0) throw notFailed(which.id);
    await reviveEffects(tx, 'email', ids);
    const subject = 'id' in which ? which.id : 'all';
    await appendAudit(tx, context.keyring, {
      actor,
      action: 'email.retry',
      subject,
      detail: { emails: ids.length },
    });
    return ids;
  });
}

function notFailed(id: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'EMAIL_NOT_FAILED',
    message: `There is no e-mail ${id} that failed.`,
    remedy: 'List the ones that did: bin/tributary email list.',
  });
}
