import type { Problem } from '../../kernel/errors.ts';

/** No colon: the audit log tells operators from `token:…` and `cli:…` by it. */
const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N}._@ -]{0,62}[\p{L}\p{N}])?$/u;

/** What is wrong with the name of an operator; empty when nothing is. */
export function operatorNameProblems(name: string): readonly Problem[] {
  if (NAME.test(name)) return [];
  const message = 'is not a name that an operator can have';
  const remedy =
    'Use up to 64 letters, digits, dots, hyphens, underscores, @ and single spaces, for example anna.berg.';
  return [{ path: 'name', code: 'VALUE_INVALID', message, remedy }];
}
