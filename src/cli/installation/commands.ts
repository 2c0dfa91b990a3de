import type { CommandSpec } from '../command.ts';

export const INSTALLATION_COMMANDS: readonly CommandSpec[] = [
  {
    words: 'demo',
    summary: 'everything embedded, with a sample provider, on one port',
    options: [{ flags: '--reset', description: 'start afresh: forget what an earlier demo left' }],
    load: async () => (await import('./serve.ts')).demo,
  },
  {
    words: 'start',
    summary: 'serve the pages, work, and keep to the schedules',
    options: [
      {
        flags: '--roles <roles>',
        description: 'api, worker, scheduler, separated by commas; all by default',
      },
    ],
    load: async () => (await import('./serve.ts')).start,
  },
  {
    words: 'migrate',
    summary: 'bring the store up to date',
    load: async () => (await import('./migrate.ts')).migrate,
  },
  {
    words: 'doctor',
    summary: 'look for everything that is wrong',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    words: 'config',
    summary: 'every setting, its value, and where that comes from',
    load: async () => (await import('./config.ts')).config,
  },
];
