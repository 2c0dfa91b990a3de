import { fold, isPersonal, type OwnWords } from './personal-password.ts';
import { isRepetitive, worth } from './repetitive-password.ts';

/** Stable; the pages have a sentence for each. */
export type PasswordProblemCode =
  | 'PASSWORD_TOO_SHORT'
  | 'PASSWORD_TOO_LONG'
  | 'PASSWORD_CONTROL_CHARACTERS'
  | 'PASSWORD_COMMON'
  | 'PASSWORD_PERSONAL'
  | 'PASSWORD_REPETITIVE';

/** One reason against a password. */
export interface PasswordProblem {
  readonly code: PasswordProblemCode;
  /** What the sentence about it counts: `minimum` or `maximum` code points. */
  readonly params: Readonly<Record<string, number>>;
}

export interface PasswordRequirements {
  /** In code points. Default 15, as NIST SP 800-63B-4 asks where the password is the only factor. */
  readonly minimum?: number;
  /** Common passwords in lower case, from src/passwords/blocklist.ts. */
  readonly blocklist?: ReadonlySet<string>;
}

export const DEFAULT_MINIMUM = 15;
const MAXIMUM = 256;
const NOTHING_COMMON: ReadonlySet<string> = new Set();
/** C0, DEL and C1, and halves of surrogate pairs. */
const CONTROL = /[\p{Cc}\p{Surrogate}]/u;
/** A common password stays one unless what is around it is worth so many characters. */
const TELLING_AFFIX = 8;

/**
 * Every reason why a person should not choose this password; none means good.
 *
 * Length counts code points after NFC. Nothing is asked about kinds of characters.
 */
export function passwordProblems(
  password: string,
  about: OwnWords,
  { minimum = DEFAULT_MINIMUM, blocklist = NOTHING_COMMON }: PasswordRequirements = {},
): readonly PasswordProblem[] {
  const text = password.normalize('NFC');
  const length = Array.from(text).length;
  const problems: readonly (PasswordProblem & { readonly applies: boolean })[] = [
    { code: 'PASSWORD_TOO_SHORT', params: { minimum }, applies: length < minimum },
    { code: 'PASSWORD_TOO_LONG', params: { maximum: MAXIMUM }, applies: length > MAXIMUM },
    { code: 'PASSWORD_CONTROL_CHARACTERS', params: {}, applies: CONTROL.test(text) },
    { code: 'PASSWORD_COMMON', params: {}, applies: isCommon(text, blocklist) },
    { code: 'PASSWORD_PERSONAL', params: {}, applies: isPersonal(text, about) },
    { code: 'PASSWORD_REPETITIVE', params: {}, applies: isRepetitive(fold(text), minimum) },
  ];
  return problems.filter(({ applies }) => applies).map(({ code, params }) => ({ code, params }));
}

/** On the list as a whole, or a listed word with little around it: `password1234567890`, `!!dragon2024`. */
function isCommon(text: string, blocklist: ReadonlySet<string>): boolean {
  const folded = fold(text);
  if (blocklist.has(folded) || blocklist.has(text.toLowerCase())) return true;
  const [, before = '', core = '', after = ''] = /^([^\p{L}]*)(.*?)([^\p{L}]*)$/su.exec(folded) ?? [];
  return blocklist.has(core) && worth(before) + worth(after) < TELLING_AFFIX;
}
