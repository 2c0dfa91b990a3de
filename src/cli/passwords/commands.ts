import type { CommandSpec } from '../command.ts';
import { stretchOptions } from '../read-stretch.ts';

export const WRITE_BACK_COMMANDS: readonly CommandSpec[] = [
  {
    words: 'write-back list',
    summary: 'passwords on their way to providers: what waits, why, and since when',
    options: [
      {
        flags: '--state <state>',
        description: 'pending, written, missing, conflict, superseded or failed',
        completes: ['pending', 'written', 'missing', 'conflict', 'superseded', 'failed'],
      },
      { flags: '--provider <name>', description: 'to one provider', completes: 'providers' },
      ...stretchOptions('50'),
    ],
    about: 'Why each waits, how often it was tried, and when it is tried again. Never a hash.',
    examples: [{ run: 'write-back list --state failed', says: 'what did not arrive' }],
    see: ['write-back retry'],
    load: async () => (await import('./list.ts')).list,
  },
  {
    words: 'write-back retry',
    args: '[id]',
    summary: 'carry a password to its provider again',
    options: [{ flags: '--all', description: 'all that did not arrive' }],
    about: 'From now on and for another 72 hours.',
    examples: [
      { run: 'write-back retry --all', says: 'after the database came back' },
      { run: 'write-back retry 0198c5a0-7a3e-7c11-9d51-5f2b8c1e6a10', says: 'one of them' },
    ],
    see: ['write-back list'],
    load: async () => (await import('./retry.ts')).retry,
  },
];
