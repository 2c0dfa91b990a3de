import type { MappedRecord, RecordFault } from '../mapping/mapped-record.ts';
import { emailKey, usernameKey } from '../profiles/identifiers.ts';
import type { ProfileOutcome } from './decision.ts';
import type { Holder, Known, KnownProfile } from './known.ts';
import type { Rules } from './rules.ts';

type Match =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly profile: KnownProfile }
  | { readonly kind: 'fault'; readonly fault: RecordFault };

/**
 * The profile that a new record is about, by the provider's `match` rule.
 *
 * Only a profile that no present record holds may be taken: one made here, or
 * one whose record at this same provider is gone. Anything else is for an
 * operator to settle, never a silent merge.
 */
export function findMatch(record: MappedRecord, known: Known, rules: Rules): Match {
  const holders = candidates(record, known, rules);
  const [holder, second] = holders;
  if (holder === undefined) return { kind: 'none' };
  if (second !== undefined) return ambiguous(rules, holders.length);
  const profile = known.profile(holder.profileId);
  const free = profile !== undefined && isFree(profile, rules.providerId);
  return free ? { kind: 'found', profile } : { kind: 'fault', fault: taken(rules.definition.match, holder) };
}

function candidates(record: MappedRecord, known: Known, rules: Rules): readonly Holder[] {
  const { match } = rules.definition;
  if (match === 'username') {
    const holder = known.byUsername(usernameKey(record.fields.username));
    return holder === undefined ? [] : [holder];
  }
  const { email } = record.fields;
  return match === 'email' && email !== null ? known.byEmail(emailKey(email)) : [];
}

function isFree(profile: KnownProfile, providerId: string): boolean {
  const { linkedTo } = profile;
  if (linkedTo === null) return profile.providerId === null;
  return linkedTo.providerId === providerId && linkedTo.gone;
}

function ambiguous(rules: Rules, count: number): Match {
  const message = `${count} profiles have the same ${rules.definition.match}; none is taken`;
  return { kind: 'fault', fault: { field: rules.definition.match, code: 'MATCH_AMBIGUOUS', message } };
}

function taken(field: string, holder: Holder): RecordFault {
  const message = `the ${field} belongs to profile ${holder.profileId}, which another record holds`;
  return { field, code: field === 'email' ? 'EMAIL_TAKEN' : 'USERNAME_TAKEN', message };
}

/** Usernames are unique; addresses too, unless the installation shares them. */
export function nameFaults(outcome: ProfileOutcome, known: Known, rules: Rules): readonly RecordFault[] {
  const faults: RecordFault[] = [];
  const other = known.byUsername(outcome.usernameKey);
  if (other !== undefined && other.profileId !== outcome.profileId) {
    const message = `the username belongs to profile ${other.profileId} (compared without regard to case)`;
    faults.push({ field: 'username', code: 'USERNAME_TAKEN', message });
  }
  const sharing = rules.sharedEmail || outcome.emailKey === null ? [] : known.byEmail(outcome.emailKey);
  const owner = sharing.find((holder) => holder.profileId !== outcome.profileId);
  if (owner !== undefined) {
    const message = `the e-mail address belongs to profile ${owner.profileId}; two profiles may share one only if TRIBUTARY_SHARED_EMAIL says so`;
    faults.push({ field: 'email', code: 'EMAIL_TAKEN', message });
  }
  return faults;
}
