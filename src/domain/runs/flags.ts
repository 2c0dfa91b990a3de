import type { Onboarding, ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { MappedRecord } from '../mapping/mapped-record.ts';
import type { KnownLink, KnownProfile } from './known.ts';

export interface Flags {
  readonly forceReset: boolean;
  readonly preRegistration: boolean;
}

/** What a new profile starts with: what its record says, else what the provider's onboarding says. */
export function startingFlags(record: MappedRecord, definition: ProviderDefinition): Flags {
  const onboarding: Onboarding = definition.password?.onboarding ?? 'none';
  return {
    forceReset: record.forceReset ?? onboarding === 'force-reset',
    preRegistration: record.preRegistration ?? onboarding === 'pre-registration',
  };
}

/**
 * What a provider says is applied when it changes, and only then: a flag that a
 * person or an operator has cleared stays cleared however often it is read.
 * Said for the first time, only `true` is a change.
 *
 * Pre-registration is for people without a password of their own: it is not set
 * on somebody who has chosen one here.
 */
export function nextFlags(record: MappedRecord, link: KnownLink | undefined, profile: KnownProfile): Flags {
  const forceReset = changed(record.forceReset, link?.seenForceReset ?? null) ?? profile.forceReset;
  const said = changed(record.preRegistration, link?.seenPreRegistration ?? null);
  const preRegistration =
    said === null || (said && profile.effective === 'local') ? profile.preRegistration : said;
  return { forceReset, preRegistration };
}

/** The new value when it is news, else null. */
function changed(says: boolean | null, said: boolean | null): boolean | null {
  if (says === null || says === said) return null;
  return said === null && !says ? null : says;
}
