import type { Secret } from '../../../connectors/contract/secret.ts';
import { AppError } from '../../kernel/errors.ts';
import type { PasswordHasher } from '../../passwords/hasher.ts';

/**
 * A hash at today's cost of a password that is right already.
 *
 * @returns null when too many wait for one: whoever signs in is not sent away for it, and gets it next time.
 */
export async function hashIfRoom(
  passwords: Pick<PasswordHasher, 'hash'>,
  password: Secret,
): Promise<Secret | null> {
  try {
    return await passwords.hash(password);
  } catch (error) {
    if (error instanceof AppError && (error.kind === 'busy' || error.kind === 'unavailable')) return null;
    throw error;
  }
}
