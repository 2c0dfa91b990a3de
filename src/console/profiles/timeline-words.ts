import type { TimelineLine } from './queries.ts';

type Line = Pick<TimelineLine, 'kind' | 'detail'>;

const MAILS: Readonly<Record<string, string>> = {
  registration: 'Invitation',
  'password-reset': 'Link for a new password',
  'password-set': 'Word that a password was set',
};

const TITLES: Readonly<Record<string, string>> = {
  created: 'Entered',
  linked: 'Linked to a record',
  updated: 'Changed',
  returned: 'Came back',
  disabled: 'Disabled',
  'invitation-held': 'Invitation held back',
  'invitation-released': 'Invitation released',
  'link-requested': 'Asked for a new link',
  'password-set': 'Password set',
  'signed-in': 'Signed in',
  'sessions-ended': 'Signed out',
  unlocked: 'Unlocked',
  'password-written-back': 'Password carried to the provider',
  'write-back-settled': 'Conflict of passwords settled',
  'write-back-impossible': 'The password could not be carried to the provider',
};

/** What happened, in words. */
export function titleOf({ kind, detail }: Line): string {
  if (kind === 'write-back-conflict')
    return detail['inForce'] === 'here'
      ? 'The password set here won over the provider’s own'
      : 'The provider’s own password won';
  const known = TITLES[kind];
  if (known !== undefined) return known;
  const outcome = /^email-(.+)$/.exec(kind)?.[1];
  if (outcome === undefined) return kind.replaceAll('-', ' ');
  const mail = MAILS[String(detail['mail'])] ?? 'E-mail';
  return `${mail} ${outcome === 'undeliverable' ? 'bounced' : outcome}`;
}

const BY: Readonly<Record<string, string>> = {
  'first-password': 'by the link of the invitation',
  'reset-password': 'by the link for a new password',
  'change-password': 'in place of the temporary one',
  'current-password': 'knowing the one before',
};

/** Shown otherwise, or of no use to people. */
const LEFT_OUT = new Set(['changes', 'email', 'mail', 'code', 'kind', 'inForce', 'writeBack']);

/** The rest of a line: to whom, why, how. */
export function detailText(detail: Line['detail']): string {
  const { code } = detail;
  const parts = Object.entries(detail)
    .filter(([name, value]) => !LEFT_OUT.has(name) && value !== null)
    .map(([name, value]) => part(name, value));
  return [...parts, ...(typeof code === 'string' ? [`(${code})`] : [])].join(' ');
}

function part(name: string, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (name === 'keep') return text === 'here' ? 'for the one set here' : 'for the one of the provider';
  if (name === 'by') return BY[text] ?? text;
  if (name === 'reason') return text;
  if (name === 'recordKey') return `record ${text}`;
  if (name === 'failures')
    return text === '1' ? '1 failed attempt forgotten' : `${text} failed attempts forgotten`;
  if (name === 'sessions') return text === '1' ? '1 session' : `${text} sessions`;
  return `${name} ${text}`;
}
