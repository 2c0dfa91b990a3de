import type { Transaction } from '../transaction.ts';

export interface NamesToTake {
  readonly usernameKeys: readonly string[];
  /** Empty when addresses may be shared. */
  readonly emailClaims: readonly string[];
  /** Whose own names do not count; null for new profiles. */
  readonly except: string | null;
}

export interface TakenNames {
  readonly usernameKeys: ReadonlySet<string>;
  readonly emailClaims: ReadonlySet<string>;
}

/**
 * Which names somebody else has already. A username is taken too when it is
 * somebody else's address: either would keep the other from signing in.
 */
export async function findTaken(tx: Transaction, names: NamesToTake): Promise<TakenNames> {
  const rows = await tx.query<{ kind: string; name: string }[]>(
    `SELECT 'username' AS kind, username_key AS name FROM profiles
     WHERE username_key = ANY ($1) AND id IS DISTINCT FROM $3::uuid
     UNION SELECT 'username', email_key FROM profiles
     WHERE email_key = ANY ($1) AND id IS DISTINCT FROM $3::uuid
     UNION SELECT 'email', email_claim FROM profiles
     WHERE email_claim = ANY ($2) AND id IS DISTINCT FROM $3::uuid`,
    [names.usernameKeys, names.emailClaims, names.except],
  );
  const of = (kind: string): ReadonlySet<string> =>
    new Set(rows.filter((row) => row.kind === kind).map(({ name }) => name));
  return { usernameKeys: of('username'), emailClaims: of('email') };
}

/** Whether a statement failed because a name was taken between looking and writing. */
export function isTakenMeanwhile(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '23505';
}
