import type { Secret } from '../../../connectors/contract/secret.ts';
import {
  DEFAULT_MINIMUM,
  passwordProblems,
  type PasswordProblemCode,
} from '../../domain/passwords/policy.ts';
import type { Problem } from '../../kernel/errors.ts';
import { loadBlocklist } from '../../passwords/blocklist.ts';
import type { AppContext } from '../context.ts';

const WORDS: Readonly<Record<PasswordProblemCode, string>> = {
  PASSWORD_TOO_SHORT: 'is too short',
  PASSWORD_TOO_LONG: 'is too long',
  PASSWORD_CONTROL_CHARACTERS: 'has control characters in it',
  PASSWORD_COMMON: 'is among the most common ones, or close to one',
  PASSWORD_PERSONAL: 'is made of your name or the name of the product',
  PASSWORD_REPETITIVE: 'repeats itself',
};

/** Every reason against a password that an operator chose: people's rules, with the operator's name. */
export async function operatorPasswordProblems(
  context: Pick<AppContext, 'settings'>,
  name: string,
  password: Secret,
): Promise<readonly Problem[]> {
  const { productName, passwordMinimum: minimum = DEFAULT_MINIMUM } = context.settings;
  const about = { productName, username: name, email: null, names: [] };
  const found = passwordProblems(password.reveal(), about, { blocklist: await loadBlocklist(), minimum });
  const remedy = `Use ${minimum} characters or more; a few unrelated words are easy to remember and hard to guess.`;
  return found.map(({ code }) => ({ path: 'password', code, message: WORDS[code], remedy }));
}

/** What an operator's password hash is bound to when sealed. */
export function operatorPasswordBinding(operatorId: string): string {
  return `operators/password/${operatorId}`;
}

/** Hashes and seals. Takes some milliseconds of a core: call it outside of transactions. */
export async function sealOperatorPassword(
  context: Pick<AppContext, 'passwords' | 'keyring'>,
  operatorId: string,
  password: Secret,
): Promise<Buffer> {
  return context.keyring.seal(await context.passwords.hash(password), operatorPasswordBinding(operatorId));
}
