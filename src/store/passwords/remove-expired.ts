import type { Transaction } from '../transaction.ts';

/** Removes what nobody can use again: expired sessions; counters a day after their wait. */
export async function removeExpired(tx: Transaction): Promise<void> {
  await tx.query('DELETE FROM sessions WHERE expires_at < now()');
  await tx.query(
    `DELETE FROM sign_in_attempts WHERE last_at < now() - interval '1 day'
       AND (failures = 0 OR key LIKE '%/address/%' OR key LIKE 'e-mail/%' OR key LIKE '%/account/unknown:%')
       AND coalesce(blocked_until, now()) <= now()`,
  );
}

/** Removes tokens a week after their end, because their page still offers a new link until then. @returns how many, at most `limit`. */
export async function removeExpiredTokens(tx: Transaction, limit: number): Promise<number> {
  const [, removed] = await tx.query<[unknown, number]>(
    `WITH over AS (
       SELECT id FROM action_tokens WHERE expires_at < now() - interval '7 days'
         AND NOT EXISTS (SELECT FROM emails WHERE emails.token_id = action_tokens.id AND emails.state = 'queued')
       LIMIT $1 FOR UPDATE SKIP LOCKED),
     -- All at once: left to the foreign key, every token would be a statement of its own.
     freed AS (UPDATE emails SET token_id = NULL FROM over WHERE emails.token_id = over.id)
     DELETE FROM action_tokens USING over WHERE action_tokens.id = over.id`,
    [limit],
  );
  return removed;
}
