import { appendAudit } from '../../store/operators/append-audit.ts';
import type { AppContext } from '../context.ts';

/** Puts into the audit log that somebody known tried what they may not. */
export async function noteRefusal(
  context: AppContext,
  about: { readonly actor: string; readonly what: string; readonly code: string },
): Promise<void> {
  const { actor, what, code } = about;
  context.logger.warn('a request was refused', { actor, what, code });
  await context.store.transaction(async (tx) => {
    await appendAudit(tx, context.keyring, {
      actor,
      action: 'access.refused',
      subject: what,
      detail: { code },
    });
  });
}
