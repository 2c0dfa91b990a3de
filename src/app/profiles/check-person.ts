import type { Secret } from '../../../connectors/contract/secret.ts';
import type { ProfileFields } from '../../domain/profile.ts';
import { checkFields, type FieldProblem } from '../../domain/profiles/check-fields.ts';
import { usable } from '../../passwords/usable.ts';

/** Somebody to be entered, as typed. */
export interface NewPerson {
  /** `username`, `email`, …, `attributes.NAME`. */
  readonly given: Readonly<Record<string, string>>;
  /** Null: true with a temporary password, else false. */
  readonly forceReset: boolean | null;
  readonly preRegistration: boolean;
  readonly temporaryPassword: Secret | null;
}

export interface CheckedPerson {
  readonly fields: ProfileFields;
  readonly forceReset: boolean;
  readonly preRegistration: boolean;
  readonly temporaryPassword: Secret | null;
}

/** A temporary password is used once; it has to withstand guessing over the network until then. */
const SHORTEST = 8;
const LONGEST = 256;

/** @returns the person, with every problem; to be used only when there are none. */
export function checkPerson(person: NewPerson): {
  readonly person: CheckedPerson;
  readonly problems: readonly FieldProblem[];
} {
  const { fields, problems } = checkFields(person.given);
  const { temporaryPassword, preRegistration } = person;
  const forceReset = person.forceReset ?? temporaryPassword !== null;
  const checked = { fields, forceReset, preRegistration, temporaryPassword };
  const emailProblem = problems.some(({ field }) => field === 'email');
  return {
    person: checked,
    problems: [...problems, ...passwordProblems(checked), ...flagProblems(checked, emailProblem)],
  };
}

function passwordProblems({ temporaryPassword, forceReset, preRegistration }: CheckedPerson): FieldProblem[] {
  if (temporaryPassword === null) return [];
  const field = 'temporaryPassword';
  const length = Array.from(temporaryPassword.reveal()).length;
  const problems: FieldProblem[] = [];
  if (length < SHORTEST || length > LONGEST)
    problems.push({
      field,
      code: 'PASSWORD_LENGTH',
      message: `has to have ${SHORTEST} to ${LONGEST} characters`,
    });
  else if (!usable(temporaryPassword.reveal()))
    problems.push({
      field,
      code: 'PASSWORD_CONTROL_CHARACTERS',
      message: 'holds characters no password may have',
    });
  if (!forceReset)
    problems.push({
      field: 'forceReset',
      code: 'FORCE_RESET_NEEDED',
      message: 'cannot be false: a temporary password has to be replaced at the first sign-in',
    });
  if (preRegistration)
    problems.push({
      field,
      code: 'PASSWORD_WITH_PRE_REGISTRATION',
      message: 'is not needed: with pre-registration the person chooses the first password',
    });
  return problems;
}

function flagProblems(person: CheckedPerson, emailProblem: boolean): FieldProblem[] {
  const { fields, forceReset, preRegistration, temporaryPassword } = person;
  const problems: FieldProblem[] = [];
  if (preRegistration && fields.email === null && !emailProblem)
    problems.push({
      field: 'email',
      code: 'EMAIL_NEEDED',
      message: 'is missing, and pre-registration sends an e-mail',
    });
  if (forceReset && !preRegistration && temporaryPassword === null)
    problems.push({
      field: 'temporaryPassword',
      code: 'TEMPORARY_PASSWORD_NEEDED',
      message:
        'is missing, and without one there is nothing to reset; use preRegistration for somebody without a password',
    });
  return problems;
}
