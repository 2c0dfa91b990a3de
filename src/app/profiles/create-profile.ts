import type { FieldProblem } from '../../domain/profiles/check-fields.ts';
import { invalid, type Problem } from '../../kernel/errors.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import type { AppContext } from '../context.ts';
import { checkPerson, type NewPerson } from './check-person.ts';
import { enterPeople, preparePeople, takenMeanwhile } from './enter-people.ts';
import { takenProblems } from './taken-problems.ts';

export interface CreatedProfile {
  readonly id: string;
  /** A registration e-mail is on its way. */
  readonly emailRequested: boolean;
}

/**
 * Enters somebody who has no provider.
 *
 * @throws AppError `PROFILE_INVALID` with every problem at once, or `NAME_TAKEN_MEANWHILE`.
 */
export async function createProfile(
  context: AppContext,
  { actor, ...input }: NewPerson & { readonly actor: string },
): Promise<CreatedProfile> {
  const { person, problems } = checkPerson(input);
  const { sharedEmail } = context.settings;
  const [taken = []] = await takenProblems(context.store.read, {
    people: [person.fields],
    sharedEmail,
    except: null,
  });
  const all = [...problems, ...taken];
  if (all.length > 0) throw invalid('PROFILE_INVALID', 'The profile was not created.', all.map(toProblem));
  const cause = { kind: 'operator', name: actor } as const;
  const profiles = await preparePeople(context, [person]);
  const [{ id } = { id: '' }] = profiles;
  try {
    const emails = await context.store.transaction(async (tx) => {
      const requested = await enterPeople(context, tx, { profiles, cause, hold: false });
      const { forceReset, preRegistration } = person;
      const detail = { username: person.fields.username, forceReset, preRegistration };
      await appendAudit(tx, context.keyring, { actor, action: 'profile.create', subject: id, detail });
      return requested;
    });
    return { id, emailRequested: emails > 0 };
  } catch (error) {
    throw takenMeanwhile(error);
  }
}

/** A field's problem as one of a form. */
export function toProblem({ field, code, message }: FieldProblem): Problem {
  return { path: field, code, message, remedy: '' };
}
