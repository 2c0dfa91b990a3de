import type { OperatorRole } from './scopes.ts';

/** Which operators have to have a second factor. */
export type SecondFactorRule = 'optional' | 'admins' | 'everybody';

export function needsSecondFactor(rule: SecondFactorRule, role: OperatorRole): boolean {
  return rule === 'everybody' || (rule === 'admins' && role === 'admin');
}
