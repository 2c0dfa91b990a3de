import type { Profile } from '../asks/profiles.ts';
import { printable, time, type Output } from '../output.ts';
import { causeText } from '../runs/run-text.ts';
import { flagsText } from './flags-text.ts';

/** Everything about one person, in parts; a part with nothing in it is left out. */
export function profileText(output: Output, profile: Profile): string {
  const parts = [
    summary(output, profile),
    fields(output, profile),
    emails(output, profile),
    writeBacks(output, profile),
    timeline(output, profile),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function summary(output: Output, profile: Profile): string {
  const { enabled, disabledReason } = profile;
  return output.pairs([
    ['profile', profile.id],
    ['state', enabled ? 'active' : `disabled (${disabledReason ?? ''})`],
    ['flags', flagsText(profile) || 'none'],
    ['password', passwordText(profile)],
    ['record', recordText(profile)],
    ['registration', registrationText(profile)],
    ['sessions', String(profile.sessions)],
  ]);
}

function passwordText({ credential: { effective, format, setAt } }: Profile): string {
  if (effective === 'none') return 'none';
  const when = setAt === null ? '' : `, set ${time(setAt)}`;
  return `${effective === 'local' ? 'set here' : "the provider's"} (${format ?? 'unknown'})${when}`;
}

function recordText({ link }: Profile): string | null {
  if (link === null) return null;
  const gone = link.goneAt === null ? '' : `, gone since ${time(link.goneAt)}`;
  return `${link.recordKey} at ${link.provider}${gone}`;
}

function registrationText({ registration, emailUndeliverableAt }: Profile): string | null {
  if (registration === null) return null;
  const { state, validUntil, usedAt } = registration;
  const until = usedAt === null && validUntil !== null ? `, link valid until ${time(validUntil)}` : '';
  const bounced = emailUndeliverableAt === null ? '' : ', the address takes no mail';
  return `${state}${until}${bounced}`;
}

function fields(output: Output, profile: Profile): string {
  const rows = profile.fields.flatMap(({ name, value, owner }) =>
    value === null ? [] : [[name, value, owner]],
  );
  return output.table(['FIELD', 'VALUE', 'OWNER'], rows, '');
}

function emails(output: Output, profile: Profile): string {
  const rows = profile.emails.map((email) => [
    email.kind,
    email.state,
    email.recipient ?? '',
    time(email.sentAt),
    email.error ?? '',
  ]);
  return output.table(['E-MAIL', 'STATE', 'TO', 'SENT', 'REASON'], rows, '');
}

function writeBacks(output: Output, profile: Profile): string {
  const rows = profile.writeBacks.map((one) => [
    one.provider,
    one.state,
    String(one.attempts),
    time(one.finishedAt),
    one.error ?? '',
  ]);
  return output.table(['WRITE-BACK', 'STATE', 'TRIES', 'FINISHED', 'REASON'], rows, '');
}

function timeline(output: Output, profile: Profile): string {
  const rows = profile.timeline.map(({ at, kind, cause, detail }) => [
    time(at),
    kind,
    causeText(cause),
    changedFields(detail),
  ]);
  return output.table(['TIMELINE', 'WHAT', 'BY', 'FIELDS'], rows, '');
}

function changedFields({ changes }: Readonly<Record<string, unknown>>): string {
  if (typeof changes !== 'object' || changes === null) return '';
  return printable(Object.keys(changes).join(', '));
}
