import { addressKey } from '../../domain/passwords/address-key.ts';
import { usernameKey } from '../../domain/profiles/identifiers.ts';
import { hashToken } from '../../kernel/keyring.ts';
import type { Counter } from '../../store/passwords/count-attempts.ts';

/** Of one operator's attempts to sign in; names that nobody has are counted likewise, by their digest. */
export function operatorCounter(operatorId: string | null, name: string): Counter {
  const unknown = hashToken(usernameKey(name)).toString('base64url').slice(0, 22);
  return { kind: 'operator/account', of: operatorId ?? `unknown:${unknown}` };
}

export function operatorAddressCounter(address: string): Counter {
  return { kind: 'operator/address', of: addressKey(address) };
}
