import type { Transaction } from '../transaction.ts';

/**
 * Removes what nobody can use again: expired sessions; tokens a week after their
 * end, because their page still offers a new link; counters a day after their wait.
 */
export async function removeExpired(tx: Transaction): Promise<void> {
  await tx.query('DELETE FROM sessions WHERE expires_at < now()');
  await tx.query(
    `DELETE FROM action_tokens WHERE expires_at < now() - interval '7 days'
       AND NOT EXISTS (SELECT FROM emails WHERE emails.token_id = action_tokens.id AND emails.state = 'queued')`,
  );
  await tx.query(
    `DELETE FROM sign_in_attempts WHERE last_at < now() - interval '1 day'
       AND (failures = 0 OR key LIKE '%/address/%' OR key LIKE 'e-mail/%' OR key LIKE '%/account/unknown:%')
       AND coalesce(blocked_until, now()) <= now()`,
  );
}
