import { TEXT_FIELDS, type DisabledReason } from '../../domain/profile.ts';
import { AppError } from '../../kernel/errors.ts';
import { detect } from '../../passwords/detect.ts';
import type { EffectiveCredential } from '../../store/entities/access.ts';
import type { ProfileRow } from '../../store/entities/directory.ts';
import { findEmails, type ListedEmail } from '../../store/mail/find-emails.ts';
import { findWriteBacks, type ListedWriteBack } from '../../store/passwords/find-write-backs.ts';
import { readAttempts, type Attempts } from '../../store/passwords/read-attempts.ts';
import { readAccess, type ProfileAccess, type RegistrationMail } from '../../store/profiles/read-access.ts';
import { readTimeline, type TimelineLine } from '../../store/profiles/read-timeline.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import { accountCounter } from '../passwords/counters.ts';
import { localHashBinding, providerHashBinding } from '../passwords/hash-bindings.ts';
import { findProfile } from './find-profile.ts';

export interface ShownField {
  readonly name: string;
  readonly value: string | null;
  /** The provider that says so; `here` for what is entered in Access Management. */
  readonly owner: string;
}

export interface ShownProfile {
  readonly id: string;
  readonly username: string;
  readonly fields: readonly ShownField[];
  readonly enabled: boolean;
  readonly disabledReason: DisabledReason | null;
  readonly forceReset: boolean;
  readonly preRegistration: boolean;
  readonly emailUndeliverableAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** `format` is a name, never a hash; null without a password, `unknown` when it is none we know. */
  readonly credential: {
    readonly effective: EffectiveCredential;
    readonly format: string | null;
    readonly setAt: Date | null;
  };
  readonly link: {
    readonly provider: string;
    readonly recordKey: string;
    readonly goneAt: string | null;
  } | null;
  /** Null: no registration e-mail was ever asked for. */
  readonly registration: ShownRegistration | null;
  /** Attempts to sign in that failed in a row, and how long the next has to wait. */
  readonly lock: Attempts;
  readonly sessions: number;
  /** Newest first, the latest twenty. */
  readonly emails: readonly ListedEmail[];
  readonly writeBacks: readonly ListedWriteBack[];
  /** Newest last, the latest hundred. */
  readonly timeline: readonly TimelineLine[];
}

export interface ShownRegistration {
  readonly state: RegistrationMail['state'] | 'used' | 'expired';
  readonly sentAt: string | null;
  readonly validUntil: string | null;
  readonly usedAt: string | null;
}

const MOST_EFFECTS = 20;
const MOST_LINES = 100;

/** Everything support wants to know about one person, as it was at one moment. @throws as {@link findProfile}. */
export async function showProfile(context: AppContext, who: string): Promise<ShownProfile> {
  const profile = await findProfile(context, who);
  return await context.store.snapshot(async (read) => await readShown(context, read, profile));
}

async function readShown(context: AppContext, read: Transaction, profile: ProfileRow): Promise<ShownProfile> {
  const { id } = profile;
  const access = await readAccess(read, id);
  const { effective, setAt, sessions, link, registration } = access;
  const { username, enabled, disabledReason, forceReset, preRegistration } = profile;
  const { emailUndeliverableAt, createdAt, updatedAt } = profile;
  return {
    id,
    username,
    fields: shownFields(profile, access),
    ...{ enabled, disabledReason, forceReset, preRegistration, emailUndeliverableAt, createdAt, updatedAt },
    credential: { effective, format: formatOf(context, id, access), setAt },
    link: link && { provider: link.provider, recordKey: link.recordKey, goneAt: link.goneAt },
    registration: registration && shownRegistration(registration),
    lock: await readAttempts(read, accountCounter(id)),
    sessions,
    emails: await findEmails(read, { profileId: id, providerId: null, limit: MOST_EFFECTS }),
    writeBacks: await findWriteBacks(read, { profileId: id, providerId: null, limit: MOST_EFFECTS }),
    timeline: await readTimeline(read, id, MOST_LINES),
  };
}

/** A run writes every field, also those that the mapping leaves empty: all of them are the provider's. */
function shownFields(profile: ProfileRow, { link }: ProfileAccess): readonly ShownField[] {
  const owner = profile.providerId === null ? 'here' : (link?.provider ?? 'here');
  const texts = TEXT_FIELDS.map((name) => ({ name, value: profile[name], owner }));
  const attributes = Object.entries(profile.attributes)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name: `attributes.${name}`, value, owner }));
  return [...texts, ...attributes];
}

function formatOf({ keyring }: AppContext, id: string, access: ProfileAccess): string | null {
  const { effective, localHash, providerHash, link } = access;
  const sealed = { none: null, local: localHash, provider: providerHash }[effective];
  if (sealed === null) return null;
  const bindingOf = effective === 'local' ? localHashBinding : providerHashBinding;
  const format = effective === 'provider' ? (link?.definition.password?.format ?? 'auto') : 'auto';
  try {
    const hash = keyring.open(sealed, bindingOf(id));
    return detect(hash.reveal(), format)?.format.name ?? 'unknown';
  } catch (error) {
    if (error instanceof AppError && error.code === 'SECRET_UNREADABLE') return 'unreadable';
    throw error;
  }
}

function shownRegistration(mail: RegistrationMail): ShownRegistration {
  const { sentAt, validUntil, usedAt } = mail;
  const ended = mail.expired && mail.state === 'sent' ? 'expired' : mail.state;
  return { state: usedAt === null ? ended : 'used', sentAt, validUntil, usedAt };
}
