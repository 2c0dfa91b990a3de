import type { CommandSpec } from '../command.ts';

export const WRITE_BACK_COMMANDS: readonly CommandSpec[] = [
  {
    words: 'write-back list',
    summary: 'passwords on their way to providers: what waits, why, and since when',
    options: [
      { flags: '--state <state>', description: 'pending, written, missing, conflict, superseded or failed' },
      { flags: '--limit <n>', description: 'at most so many', default: '50' },
    ],
    load: async () => (await import('./list.ts')).list,
  },
  {
    words: 'write-back retry',
    args: '[id]',
    summary: 'carry a password to its provider again',
    options: [{ flags: '--all', description: 'all that did not arrive' }],
    load: async () => (await import('./retry.ts')).retry,
  },
];
