import type { Mapped, MappedRecord, RecordFault } from '../mapping/mapped-record.ts';
import type { DisabledReason } from '../profile.ts';
import { hashColumn } from '../providers/columns.ts';
import { emailKey, usernameKey } from '../profiles/identifiers.ts';
import type { Change, Decision, PasswordDecision, ProfileOutcome } from './decision.ts';
import { fieldChanges, PASSWORD_CHANGED } from './field-changes.ts';
import { nextFlags, startingFlags, type Flags } from './flags.ts';
import { findMatch, nameFaults } from './identity.ts';
import type { Known, KnownLink, KnownProfile } from './known.ts';
import type { Rules } from './rules.ts';

/** True when the record is as it was when its profile was last brought into step: it need not be mapped. */
export function isUnchanged(link: KnownLink | undefined, fingerprint: string, mappedBy: string): boolean {
  return link !== undefined && !link.gone && link.fingerprint === fingerprint && link.mappedBy === mappedBy;
}

/**
 * What has to happen for this record. Nothing is written here; the same record
 * and the same knowledge give the same decision, so deciding again after an
 * interruption is safe.
 */
export function decideRecord(mapped: Mapped, known: Known, rules: Rules): Decision {
  if (!mapped.ok) return { kind: 'fault', key: mapped.key, faults: mapped.faults };
  const { record } = mapped;
  const link = known.link(record.key);
  if (isUnchanged(link, record.fingerprint, rules.mappedBy)) return { kind: 'unchanged', key: record.key };
  const decision =
    link === undefined ? decideNew(record, known, rules) : decideLinked(record, link, { known, rules });
  if (decision.kind !== 'fault' && decision.kind !== 'unchanged') {
    const { profileId, usernameKey: username, emailKey: email } = decision.outcome;
    known.take({ profileId, usernameKey: username, emailKey: email });
  }
  return decision;
}

function decideNew(record: MappedRecord, known: Known, rules: Rules): Decision {
  const match = findMatch(record, known, rules);
  if (match.kind === 'fault') return { kind: 'fault', key: record.key, faults: [match.fault] };
  if (match.kind === 'found') {
    const { profile } = match;
    const flags = nextFlags(record, undefined, profile);
    return change('link', { record, known, rules, flags, profile, linkId: profile.linkedTo?.linkId ?? null });
  }
  return change('create', {
    record,
    known,
    rules,
    flags: startingFlags(record, rules.definition),
    profile: null,
    linkId: null,
  });
}

function decideLinked(
  record: MappedRecord,
  link: KnownLink,
  about: { known: Known; rules: Rules },
): Decision {
  const profile = about.known.profile(link.profileId);
  if (profile === undefined) throw new Error(`link ${link.id} leads to no profile`);
  const flags = nextFlags(record, link, profile);
  return change(link.gone ? 'return' : 'update', { ...about, record, flags, profile, linkId: link.id });
}

interface About {
  readonly record: MappedRecord;
  readonly known: Known;
  readonly rules: Rules;
  readonly flags: Flags;
  readonly profile: KnownProfile | null;
  readonly linkId: string | null;
}

function change(kind: Change['kind'], about: About): Decision {
  const { record, profile, linkId } = about;
  const outcome = outcomeOf(about);
  const faults = [...nameFaults(outcome, about.known, about.rules), ...registrationFaults(outcome)];
  if (faults.length > 0) return { kind: 'fault', key: record.key, faults };
  const { enabled, forceReset, preRegistration } = outcome;
  const changes = fieldChanges(profile, { ...record.fields, enabled, forceReset, preRegistration });
  if (profile !== null && outcome.password === 'adopt') changes['password'] = PASSWORD_CHANGED;
  return { kind, key: record.key, outcome, changes, linkId };
}

function outcomeOf(about: About): ProfileOutcome {
  const { record, profile, flags, rules } = about;
  const disabledReason = nextDisabledReason(record, profile);
  const email = record.fields.email === null ? null : emailKey(record.fields.email);
  const addressChanged = profile !== null && profile.emailKey !== email;
  const pending = flags.preRegistration && disabledReason === null && email !== null;
  const password = decidePassword(about);
  return {
    profileId: profile?.id ?? rules.newId(),
    usernameKey: usernameKey(record.fields.username),
    emailKey: email,
    record,
    enabled: disabledReason === null,
    disabledReason,
    ...flags,
    forceReset: flags.forceReset && !isLiftedBySource(about, password),
    password,
    invite: pending && (addressChanged || isInvitationNews(profile)),
    addressChanged,
  };
}

/** An operator's word stands until an operator takes it back. */
function nextDisabledReason(record: MappedRecord, profile: KnownProfile | null): DisabledReason | null {
  if (profile?.disabledReason === 'operator') return 'operator';
  return record.enabled ? null : 'source';
}

/**
 * Where the definition says so, a password that was changed at the source is the
 * person's own, and ends a forced reset; unless the record itself still asks for one.
 */
function isLiftedBySource({ record, profile, rules }: About, password: PasswordDecision): boolean {
  const lifts = rules.definition.password?.onSourceChange === 'clear';
  return lifts && profile !== null && password === 'adopt' && record.forceReset !== true;
}

/** Nobody gets a second invitation because a record was read again. */
function isInvitationNews(profile: KnownProfile | null): boolean {
  return profile === null || !profile.preRegistration || !profile.invited;
}

/**
 * A hash that changed at the provider is the person's newest password there, and
 * signs in from now on; unless a password set here is still on its way, whose
 * write-back then meets the difference and settles it by the provider's rule.
 */
function decidePassword({ record, profile, known, rules }: About): PasswordDecision {
  if (hashColumn(rules.definition.password) === null) return 'keep';
  const hash = record.passwordHash?.reveal() ?? null;
  if (profile === null) return hash === null ? 'keep' : 'adopt';
  if (!known.passwordChanged(profile.id, hash) || known.writeBackPending(profile.id)) return 'keep';
  return hash === null ? decideWithoutHash(profile) : decideWithHash(profile);
}

function decideWithoutHash(profile: KnownProfile): PasswordDecision {
  return profile.effective === 'provider' ? 'withdraw' : 'remember';
}

/** A profile that a record is linked to for the first time keeps the password its person chose here. */
function decideWithHash(profile: KnownProfile): PasswordDecision {
  return profile.linkedTo === null && profile.effective === 'local' ? 'remember' : 'adopt';
}

function registrationFaults(outcome: ProfileOutcome): readonly RecordFault[] {
  if (!outcome.preRegistration || outcome.emailKey !== null) return [];
  const message = 'pre-registration sends an e-mail, and the record has no address';
  return [{ field: 'email', code: 'REGISTRATION_WITHOUT_EMAIL', message }];
}
