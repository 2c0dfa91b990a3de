import { TEXT_FIELDS, type ProfileFields, type TextField } from '../profile.ts';
import { hasControls, isEmail, usernameFault } from './identifiers.ts';

/** Why a value cannot be that of a field. */
export interface FieldProblem {
  /** `email`, `attributes.department`, … */
  readonly field: string;
  /** Stable, upper case. */
  readonly code: string;
  readonly message: string;
}

export interface CheckedFields {
  /** To be used only when there are no problems. */
  readonly fields: ProfileFields;
  readonly problems: readonly FieldProblem[];
}

const ATTRIBUTE = /^attributes\.([A-Za-z][\w.-]{0,63})$/;
const MAX_FIELD = 500;
const MAX_ATTRIBUTE = 4000;

/** `department` of `attributes.department`; null when the name is not that of an attribute. */
export function attributeName(field: string): string | null {
  return ATTRIBUTE.exec(field)?.[1] ?? null;
}

/** Whether a form, a file or a command may give this field. */
export function isField(field: string): boolean {
  return TEXT_FIELDS.includes(field as TextField) || attributeName(field) !== null;
}

/** All fields of a new profile as they were typed, by name; every problem at once. A field that is left out is empty. */
export function checkFields(given: Readonly<Record<string, string>>): CheckedFields {
  const problems: FieldProblem[] = [];
  const read = (field: string): string | null => {
    const checked = checkField(field, given[field] ?? '');
    if (checked.problem !== null) problems.push(checked.problem);
    return checked.value;
  };
  const texts = Object.fromEntries(TEXT_FIELDS.map((field) => [field, read(field)]));
  const attributes: Record<string, string> = {};
  for (const field of Object.keys(given)) {
    const name = attributeName(field);
    const value = name === null ? null : read(field);
    if (name !== null && value !== null) attributes[name] = value;
  }
  const fields = { ...EMPTY, ...texts, username: texts['username'] ?? '', attributes };
  return { fields, problems };
}

const EMPTY = { email: null, givenName: null, familyName: null, displayName: null, locale: null };

export interface CheckedField {
  /** As it is stored; null when empty, or when there is a problem. */
  readonly value: string | null;
  readonly problem: FieldProblem | null;
}

/** One field as it was typed. Spaces around it go, except in a username, where they are a mistake to be seen. */
export function checkField(field: string, typed: string): CheckedField {
  if (field === 'username') {
    const fault = usernameFault(typed);
    if (fault !== null) return bad(field, 'USERNAME_INVALID', `the username ${fault}`);
    return { value: typed, problem: null };
  }
  const text = typed.trim();
  if (text === '') return { value: null, problem: null };
  const most = attributeName(field) === null ? MAX_FIELD : MAX_ATTRIBUTE;
  if (text.length > most) return bad(field, 'VALUE_TOO_LONG', `is longer than ${most} characters`);
  if (hasControls(text))
    return bad(field, 'VALUE_CONTROL_CHARACTERS', 'contains control or invisible characters');
  if (field === 'email' && !isEmail(text))
    return bad(field, 'EMAIL_INVALID', 'is not one plain e-mail address');
  if (field === 'locale') return checkLocale(text);
  return { value: text, problem: null };
}

function checkLocale(text: string): CheckedField {
  try {
    return { value: Intl.getCanonicalLocales(text.replaceAll('_', '-'))[0] ?? null, problem: null };
  } catch {
    return bad('locale', 'LOCALE_INVALID', 'is not a language tag such as sv or en-GB');
  }
}

function bad(field: string, code: string, message: string): CheckedField {
  return { value: null, problem: { field, code, message } };
}
