import { emailKey, usernameKey } from '../../domain/profiles/identifiers.ts';
import type { Transaction } from '../transaction.ts';
import { SELECT_PERSON, type Person } from './person.ts';

/**
 * Finds who a username or an e-mail address names. A username wins over an equal
 * address of somebody else; an address that several people share names nobody.
 */
export async function findPersonByName(tx: Transaction, name: string): Promise<Person | null> {
  const username = usernameKey(name);
  const rows = await tx.query<Person[]>(
    `${SELECT_PERSON} WHERE profile.username_key = $1 OR profile.email_key = $2
     ORDER BY (profile.username_key = $1) DESC LIMIT 2`,
    [username, emailKey(name)],
  );
  const [first, second] = rows;
  if (first === undefined) return null;
  return second === undefined || usernameKey(first.username) === username ? first : null;
}
