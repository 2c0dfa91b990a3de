import type { CommandSpec } from '../command.ts';

const LIMIT = { flags: '--limit <n>', description: 'at most so many', default: '20' };

export const RUN_COMMANDS: readonly CommandSpec[] = [
  {
    words: 'sync',
    args: '<provider>',
    summary: 'bring people into step with a provider now',
    options: [
      { flags: '--full', description: 'read every record (the default)' },
      { flags: '--delta', description: 'read what changed since the last run' },
      { flags: '--record <key>', description: 'one person, explained in five steps' },
      { flags: '--dry-run', description: 'show what would change, and change nothing' },
      { flags: '--wait', description: 'work on it here, and wait until it is done' },
    ],
    load: async () => (await import('./sync.ts')).sync,
  },
  {
    words: 'run list',
    summary: 'runs, newest first',
    options: [{ flags: '--provider <name>', description: 'of one provider' }, LIMIT],
    load: async () => (await import('./list.ts')).list,
  },
  {
    words: 'run show',
    args: '<id>',
    summary: 'one run: what it did, or what it waits for',
    load: async () => (await import('./show.ts')).show,
  },
  {
    words: 'run records',
    args: '<id>',
    summary: 'what a run planned and did, record by record and field by field',
    load: async () => (await import('./records.ts')).records,
  },
  {
    words: 'run errors',
    args: '<id>',
    summary: 'the records that a run could not use, and why',
    load: async () => (await import('./errors.ts')).errors,
  },
  {
    words: 'run approve',
    args: '<id>',
    summary: 'let a held run carry out the plan that was shown',
    options: [{ flags: '--wait', description: 'work on it here, and wait until it is done' }],
    load: async () => (await import('./decide.ts')).approve,
  },
  {
    words: 'run reject',
    args: '<id>',
    summary: 'end a held run without doing anything',
    load: async () => (await import('./decide.ts')).reject,
  },
  {
    words: 'run replay',
    args: '<id>',
    summary: 'try the records again that a run could not use',
    options: [{ flags: '--wait', description: 'work on it here, and wait until it is done' }],
    load: async () => (await import('./replay.ts')).replay,
  },
];
