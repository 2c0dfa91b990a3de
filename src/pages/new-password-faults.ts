import type { PasswordFault } from '../app/passwords/set-password.ts';
import type { Fault } from './face.ts';

/** A form that no page of ours sends: fields missing, twice, or far too long. */
export const UNREADABLE: readonly Fault[] = [{ field: 'password', text: 'problem.UNREADABLE' }];

/** Every code has a text of its own; a test sees to it. */
export function newPasswordFaults(faults: readonly PasswordFault[]): readonly Fault[] {
  return faults.map(({ code, params }) => ({
    field: code === 'PASSWORDS_DIFFER' ? 'passwordAgain' : 'password',
    text: `problem.${code}`,
    params,
  }));
}
