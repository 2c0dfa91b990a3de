import type { PasswordFormatSetting } from '../../../connectors/contract/password-format.ts';
import type { Secret } from '../../../connectors/contract/secret.ts';
import type { Person } from '../../store/passwords/person.ts';
import type { AppContext } from '../context.ts';
import { localHashBinding, providerHashBinding } from './hash-bindings.ts';

export interface EffectiveHash {
  readonly hash: Secret;
  /** Absent for our own format. */
  readonly format?: PasswordFormatSetting;
}

/** The hash that a sign-in of this person is checked against; null when there is none. */
export function effectiveHash(context: AppContext, person: Person): EffectiveHash | null {
  if (person.effective === 'local' && person.localHash !== null)
    return { hash: context.keyring.open(person.localHash, localHashBinding(person.id)) };
  if (person.effective === 'provider' && person.providerHash !== null)
    return {
      hash: providerHash(context, person.id, person.providerHash),
      format: person.link?.definition.password?.format ?? 'auto',
    };
  return null;
}

export function providerHash(context: AppContext, profileId: string, sealed: Buffer): Secret {
  return context.keyring.open(sealed, providerHashBinding(profileId));
}
