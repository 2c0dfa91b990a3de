import type { CommandSpec, OptionSpec } from '../command.ts';
import { FILTER } from '../profiles/commands.ts';

const RATE: OptionSpec = {
  flags: '--rate <n/h>',
  description: 'at most so many an hour; all at once by default',
};
const DRY_RUN: OptionSpec = { flags: '--dry-run', description: 'only tell how many it concerns' };

export const EMAIL_COMMANDS: readonly CommandSpec[] = [
  {
    words: 'email list',
    summary: 'e-mails, newest first, with the state of their links',
    options: [
      { flags: '--state <state>', description: 'held, queued, sent, undeliverable, failed or cancelled' },
      { flags: '--limit <n>', description: 'at most so many', default: '50' },
    ],
    load: async () => (await import('./list.ts')).list,
  },
  {
    words: 'email retry',
    args: '[id]',
    summary: 'send an e-mail again that failed',
    options: [{ flags: '--all', description: 'all that failed' }],
    load: async () => (await import('./retry.ts')).retry,
  },
  {
    words: 'email resend',
    summary: 'send new registration links to everybody who waits for a first password',
    options: [{ ...FILTER, required: true }, RATE, DRY_RUN],
    load: async () => (await import('./resend.ts')).resend,
  },
  {
    words: 'email hold',
    summary: 'hold back invitations that have not gone out yet, until they are released',
    options: [{ ...FILTER, required: true }, DRY_RUN],
    load: async () => (await import('./hold.ts')).hold,
  },
  {
    words: 'email release',
    summary:
      'send invitations that are held back: all that the filter describes, or a wave of them at a time',
    options: [
      { ...FILTER, required: true },
      { flags: '--limit <n>', description: 'at most so many people, by username' },
      RATE,
      DRY_RUN,
    ],
    load: async () => (await import('./release.ts')).release,
  },
];
