import { addressKey } from '../../domain/passwords/address-key.ts';
import { usernameKey } from '../../domain/profiles/identifiers.ts';
import { hashToken } from '../../kernel/keyring.ts';
import type { Counter } from '../../store/passwords/count-attempts.ts';

/** The counter of a person's sign-in attempts; whoever unlocks a person resets it. */
export function accountCounter(profileId: string): Counter {
  return { kind: 'sign-in/account', of: profileId };
}

/** The counter of the links that were asked for in a person's name. */
export function emailCounter(profileId: string): Counter {
  return { kind: 'e-mail/account', of: profileId };
}

interface Attempt {
  /** Null for a name that nobody has. */
  readonly profileId: string | null;
  readonly name: string;
  readonly address: string;
}

/**
 * What one attempt counts on. Names that nobody has are counted like names that
 * somebody has, so that waits tell nothing; only their digest is kept.
 */
export function attemptCounters(
  kind: 'sign-in' | 'e-mail',
  attempt: Attempt,
): { account: Counter; address: Counter } {
  const unknown = (): string =>
    `unknown:${hashToken(usernameKey(attempt.name)).toString('base64url').slice(0, 22)}`;
  return {
    account: { kind: `${kind}/account`, of: attempt.profileId ?? unknown() },
    address: { kind: `${kind}/address`, of: addressKey(attempt.address) },
  };
}
