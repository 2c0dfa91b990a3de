import type { Transaction } from '../transaction.ts';

/** What was answered to a post, for when it comes again. */
export interface RememberedPost {
  readonly bodyDigest: Buffer;
  readonly answer: unknown;
}

/** @returns null when no post with this id has been taken in the last seven days. */
export async function findPost(
  tx: Transaction,
  providerId: string,
  webhookId: string,
): Promise<RememberedPost | null> {
  const rows = await tx.query<RememberedPost[]>(
    `SELECT body_digest AS "bodyDigest", answer FROM pushed_ids
     WHERE provider_id = $1 AND webhook_id = $2 AND received_at > now() - interval '7 days'`,
    [providerId, webhookId],
  );
  return rows[0] ?? null;
}

/** Remembers a post, in the transaction of its effects. */
export async function rememberPost(
  tx: Transaction,
  about: { readonly providerId: string; readonly webhookId: string } & RememberedPost,
): Promise<void> {
  await tx.query(
    `INSERT INTO pushed_ids (provider_id, webhook_id, body_digest, answer) VALUES ($1, $2, $3, $4::jsonb)
     ON CONFLICT (provider_id, webhook_id) DO UPDATE
       SET body_digest = excluded.body_digest, answer = excluded.answer, received_at = now()`,
    [about.providerId, about.webhookId, about.bodyDigest, JSON.stringify(about.answer)],
  );
}

/** Forgets ids that no sender repeats any more. */
export async function forgetPosts(tx: Transaction): Promise<void> {
  await tx.query(`DELETE FROM pushed_ids WHERE received_at < now() - interval '7 days'`);
}
