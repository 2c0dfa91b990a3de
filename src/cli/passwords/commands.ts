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
    see: ['write-back list', 'write-back settle'],
    load: async () => (await import('./retry.ts')).retry,
  },
  {
    words: 'write-back settle',
    args: '[id]',
    summary: 'decide a conflict: keep the password set here, or the one of the provider',
    options: [
      {
        flags: '--keep <whose>',
        description: 'here: carry it again; provider: leave what is there',
        completes: ['here', 'provider'],
      },
      { flags: '--all', description: 'every conflict; only with --keep provider' },
    ],
    about:
      'With --keep here the password is written if the provider still holds what it held when the conflict was found. Then it signs in again, and every session ends. What has changed there since is not overwritten: that is another conflict.',
    examples: [
      {
        run: 'write-back settle 0198c5a0-7a3e-7c11-9d51-5f2b8c1e6a10 --keep here',
        says: 'the person insists on the one set here',
      },
      { run: 'write-back settle --all --keep provider', says: 'nobody has complained' },
    ],
    see: ['write-back list'],
    load: async () => (await import('./settle.ts')).settle,
  },
];
