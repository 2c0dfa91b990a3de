import type { Cause } from '../../domain/cause.ts';
import { newId } from '../../kernel/ids.ts';
import type { EmailKind } from '../entities/effects.ts';
import { requestEffects } from '../outbox/request-effects.ts';
import type { Transaction } from '../transaction.ts';

/**
 * Asks for one e-mail to each profile, as part of the transaction that causes
 * it. The recipient, the link and the text are decided when it is sent.
 *
 * @returns the ids of the e-mails, in the order of the profiles.
 */
export async function requestEmails(
  tx: Transaction,
  kind: EmailKind,
  about: { readonly profileIds: readonly string[]; readonly cause: Cause },
): Promise<readonly string[]> {
  if (about.profileIds.length === 0) return [];
  const ids = about.profileIds.map(() => newId());
  await tx.query(
    `INSERT INTO emails (id, profile_id, kind, cause)
     SELECT id, profile_id, $1, $2::jsonb FROM unnest($3::uuid[], $4::uuid[]) AS wanted (id, profile_id)`,
    [kind, JSON.stringify(about.cause), ids, about.profileIds],
  );
  await requestEffects(tx, 'email', ids);
  return ids;
}
