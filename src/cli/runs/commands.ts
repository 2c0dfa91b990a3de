import { RUN_KINDS, RUN_STATES } from '../../domain/runs/run.ts';
import type { CommandSpec } from '../command.ts';
import { stretchOptions } from '../read-stretch.ts';

export const RUN_COMMANDS: readonly CommandSpec[] = [
  {
    words: 'sync',
    args: '<provider>',
    completes: 'providers',
    summary: 'bring people into step with a provider now',
    options: [
      { flags: '--full', description: 'read every record (the default)' },
      { flags: '--delta', description: 'read what changed since the last run' },
      { flags: '--record <key>', description: 'one person, explained in five steps' },
      { flags: '--dry-run', description: 'show what would change, and change nothing' },
      { flags: '--wait', description: 'wait until it is done; directly on the store it is worked on here' },
    ],
    about:
      'Asks for a run. With --wait it is followed to its end, with a bar on a terminal; directly on the store it is also worked on here, so that no server is needed. Exit code 3 when a safeguard holds it.',
    examples: [
      { run: 'sync acme-hr --dry-run', says: 'what a full run would change, field by field' },
      { run: 'sync acme-hr --wait', says: 'do it, and wait' },
      { run: 'sync acme-hr --record 4711', says: 'one person, in five explained steps' },
    ],
    see: ['run show', 'run approve', 'provider preview'],
    load: async () => (await import('./sync.ts')).sync,
  },
  {
    words: 'run list',
    summary: 'runs, with what came of them',
    options: [
      { flags: '--provider <name>', description: 'of one provider', completes: 'providers' },
      { flags: '--state <state>', description: RUN_STATES.join(', '), completes: RUN_STATES },
      { flags: '--kind <kind>', description: RUN_KINDS.join(', '), completes: RUN_KINDS },
      ...stretchOptions('20'),
    ],
    about: 'State, who asked, and what was counted.',
    examples: [
      { run: 'run list --provider acme-hr', says: 'of one provider' },
      { run: 'run list --limit 5 --json', says: 'the latest, for a script' },
      { run: 'run list --state failed --since 8h', says: 'what went wrong in the night' },
    ],
    see: ['run show'],
    load: async () => (await import('./list.ts')).list,
  },
  {
    words: 'run show',
    args: '<id>',
    summary: 'one run: what it did, or what it waits for',
    about: 'What it did, or what it waits for: when it is held, which safeguard holds it and why.',
    examples: [{ run: 'run show 0198c5a0-7a3e-7c11-9d51-5f2b8c1e6a10', says: 'by its id' }],
    see: ['run records', 'run errors'],
    load: async () => (await import('./show.ts')).show,
  },
  {
    words: 'run records',
    args: '<id>',
    summary: 'what a run planned and did, record by record and field by field',
    about:
      'The plan, record by record and field by field, and what became of each. A first import has none: it applies what it reads.',
    examples: [
      { run: 'run records 0198c5a0-7a3e-7c11-9d51-5f2b8c1e6a10', says: 'before approving a held run' },
    ],
    see: ['run approve', 'run errors'],
    load: async () => (await import('./records.ts')).records,
  },
  {
    words: 'run errors',
    args: '<id>',
    summary: 'the records that a run could not use, and why',
    about: 'Key, field, code and reason of each record that was left out. The others were not held up.',
    examples: [
      {
        run: 'run errors 0198c5a0-7a3e-7c11-9d51-5f2b8c1e6a10',
        says: 'what to mend at the source, or in the mapping',
      },
    ],
    see: ['run replay'],
    load: async () => (await import('./errors.ts')).errors,
  },
  {
    words: 'run approve',
    args: '<id>',
    summary: 'let a held run carry out the plan that was shown',
    options: [
      { flags: '--wait', description: 'wait until it is done; directly on the store it is worked on here' },
    ],
    about:
      'Exactly the plan that was shown is carried out: a record that changed since is left for the next run.',
    examples: [
      { run: 'run approve 0198c5a0-7a3e-7c11-9d51-5f2b8c1e6a10 --wait', says: 'after a look at its records' },
    ],
    see: ['run records', 'run reject'],
    load: async () => (await import('./decide.ts')).approve,
  },
  {
    words: 'run reject',
    args: '<id>',
    summary: 'end a held run without doing anything',
    about: 'Nothing of its plan is done. The next run plans anew, and is held again while the cause stays.',
    examples: [{ run: 'run reject 0198c5a0-7a3e-7c11-9d51-5f2b8c1e6a10', says: 'when the source is wrong' }],
    see: ['run approve'],
    load: async () => (await import('./decide.ts')).reject,
  },
  {
    words: 'run replay',
    args: '<id>',
    summary: 'try the records again that a run could not use',
    options: [
      { flags: '--wait', description: 'wait until it is done; directly on the store it is worked on here' },
    ],
    about: 'Only the records that could not be used are read again.',
    examples: [
      { run: 'run replay 0198c5a0-7a3e-7c11-9d51-5f2b8c1e6a10 --wait', says: 'after the cause was mended' },
    ],
    see: ['run errors'],
    load: async () => (await import('./replay.ts')).replay,
  },
];
