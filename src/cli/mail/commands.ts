import type { CommandSpec, OptionSpec } from '../command.ts';
import { stretchOptions } from '../read-stretch.ts';
import { DRY_RUN, PEOPLE_OPTIONS } from '../profiles/read-people.ts';

const RATE: OptionSpec = {
  flags: '--rate <n/h>',
  description: 'at most so many an hour; all at once by default',
};

export const EMAIL_COMMANDS: readonly CommandSpec[] = [
  {
    words: 'email list',
    summary: 'e-mails, with the state of their links',
    options: [
      {
        flags: '--state <state>',
        description: 'held, queued, sent, undeliverable, failed or cancelled',
        completes: ['held', 'queued', 'sent', 'undeliverable', 'failed', 'cancelled'],
      },
      { flags: '--provider <name>', description: 'to people of one provider', completes: 'providers' },
      ...stretchOptions('50'),
    ],
    about: 'To whom, what for, how often it was tried, and what is wrong.',
    examples: [{ run: 'email list --state undeliverable', says: 'addresses that take no mail' }],
    see: ['email retry', 'email resend'],
    load: async () => (await import('./list.ts')).list,
  },
  {
    words: 'email retry',
    args: '[id]',
    summary: 'send an e-mail again that failed',
    options: [{ flags: '--all', description: 'all that failed' }],
    about: 'Also those whose address was undeliverable. The link stays the same.',
    examples: [{ run: 'email retry --all', says: 'after the mail server came back' }],
    see: ['email list'],
    load: async () => (await import('./retry.ts')).retry,
  },
  {
    words: 'email resend',
    summary: 'send new registration links to everybody who waits for a first password',
    options: [...PEOPLE_OPTIONS, RATE, DRY_RUN],
    about: 'A mass import first, invitations in waves later: --rate spreads them over hours.',
    examples: [
      {
        run: 'email resend --filter provider=acme-hr --rate 200/h',
        says: 'everybody of one provider who waits for a first password',
      },
    ],
    see: ['profile resend', 'email release'],
    load: async () => (await import('./resend.ts')).resend,
  },
  {
    words: 'email hold',
    summary: 'hold back invitations that have not gone out yet, until they are released',
    options: [...PEOPLE_OPTIONS, DRY_RUN],
    about: 'Whoever has theirs already keeps it: nothing that went out is called back.',
    examples: [{ run: 'email hold --filter provider=acme-hr', says: 'before they all go out at once' }],
    see: ['email release', 'email list'],
    load: async () => (await import('./hold.ts')).hold,
  },
  {
    words: 'email release',
    summary:
      'send invitations that are held back: all that the filter describes, or a wave of them at a time',
    options: [
      ...PEOPLE_OPTIONS,
      { flags: '--limit <n>', description: 'at most so many people, by username' },
      RATE,
      DRY_RUN,
    ],
    about:
      'With --limit a wave at a time, by username; with --rate spread over hours. --dry-run tells how many.',
    examples: [
      {
        run: 'email release --filter provider=acme-hr --limit 500 --rate 200/h',
        says: 'the next five hundred, two hundred an hour',
      },
    ],
    see: ['email hold', 'email resend'],
    load: async () => (await import('./release.ts')).release,
  },
];
