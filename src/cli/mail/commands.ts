import type { CommandSpec } from '../command.ts';
import { FILTER } from '../profiles/commands.ts';

export const EMAIL_COMMANDS: readonly CommandSpec[] = [
  {
    words: 'email list',
    summary: 'e-mails, newest first, with the state of their links',
    options: [
      { flags: '--state <state>', description: 'queued, sent, undeliverable, failed or cancelled' },
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
    options: [
      { ...FILTER, required: true },
      { flags: '--rate <n/h>', description: 'at most so many an hour; all at once by default' },
    ],
    load: async () => (await import('./resend.ts')).resend,
  },
];
