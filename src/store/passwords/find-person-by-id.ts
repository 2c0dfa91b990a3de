import type { Transaction } from '../transaction.ts';
import { SELECT_PERSON, type Person } from './person.ts';

export async function findPersonById(tx: Transaction, profileId: string): Promise<Person | null> {
  const rows = await tx.query<Person[]>(`${SELECT_PERSON} WHERE profile.id = $1`, [profileId]);
  return rows[0] ?? null;
}
