import type { Transaction } from '../transaction.ts';

/** One session of a person, all but one, or all. */
export type SessionChoice = { readonly only: string } | { readonly except: string } | 'all';

/** Ends sessions of this person and of nobody else. @returns how many there were. */
export async function deleteSomeSessions(
  tx: Transaction,
  profileId: string,
  choice: SessionChoice,
): Promise<number> {
  const only = choice !== 'all' && 'only' in choice ? choice.only : null;
  const except = choice !== 'all' && 'except' in choice ? choice.except : null;
  const [, count] = await tx.query<[unknown, number]>(
    `DELETE FROM sessions WHERE profile_id = $1 AND ($2::uuid IS NULL OR id = $2) AND ($3::uuid IS NULL OR id <> $3)`,
    [profileId, only, except],
  );
  return count;
}
