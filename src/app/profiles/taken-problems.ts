import type { ProfileFields } from '../../domain/profile.ts';
import type { FieldProblem } from '../../domain/profiles/check-fields.ts';
import { emailKey, usernameKey } from '../../domain/profiles/identifiers.ts';
import { findTaken, type TakenNames } from '../../store/profiles/find-taken.ts';
import type { Transaction } from '../../store/transaction.ts';

type Names = Pick<ProfileFields, 'username' | 'email'>;

export interface TakenQuestion {
  readonly people: readonly Names[];
  readonly sharedEmail: boolean;
  /** Whose own names do not count; null for new people. */
  readonly except: string | null;
}

/** For each person, in their order, which of their names somebody else has already. */
export async function takenProblems(
  tx: Transaction,
  { people, sharedEmail, except }: TakenQuestion,
): Promise<readonly (readonly FieldProblem[])[]> {
  const taken = await findTaken(tx, {
    usernameKeys: people.map(({ username }) => usernameKey(username)),
    emailClaims: sharedEmail ? [] : people.flatMap(({ email }) => (email === null ? [] : [emailKey(email)])),
    except,
  });
  return people.map((person) => problemsOf(person, taken));
}

function problemsOf({ username, email }: Names, taken: TakenNames): readonly FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (taken.usernameKeys.has(usernameKey(username)))
    problems.push({
      field: 'username',
      code: 'USERNAME_TAKEN',
      message: 'is the name or address of somebody else',
    });
  if (email !== null && taken.emailClaims.has(emailKey(email)))
    problems.push({ field: 'email', code: 'EMAIL_TAKEN', message: 'is the address of somebody else' });
  return problems;
}
