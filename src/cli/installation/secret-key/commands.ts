import type { CommandSpec } from '../../command.ts';

export const SECRET_KEY_COMMANDS: readonly CommandSpec[] = [
  {
    words: 'secret-key show',
    works: 'machine',
    summary: 'the keys in force, and what hangs on each',
    about:
      'Names each key without telling anything about it, and counts the secrets that were sealed with it, the links that wait for another attempt at their e-mail, and says which key the audit log goes on with. Opens no secret.',
    examples: [{ run: 'secret-key show', says: 'before a key is taken away' }],
    see: ['secret-key reseal', 'doctor'],
    load: async () => (await import('./show.ts')).show,
  },
  {
    words: 'secret-key change',
    works: 'machine',
    summary: 'put a new key in front of the one in the data directory',
    about:
      'For installations whose key is in secret.key of the data directory. The key before stays in the file and goes on opening what it sealed. Processes that run go on with the key before until they are started again: do that at once. With TRIBUTARY_SECRET_KEY the key is changed there: see docs/guide/change-the-secret-key.md.',
    examples: [{ run: 'secret-key change', says: 'then start every process again, and: secret-key reseal' }],
    see: ['secret-key reseal'],
    load: async () => (await import('./change.ts')).change,
  },
  {
    words: 'secret-key reseal',
    works: 'machine',
    summary: 'seal every secret of the store with the present key',
    options: [
      {
        flags: '--accept-loss',
        description: 'go on although nobody has the key before: what it sealed stays unreadable',
      },
    ],
    about:
      'Opens each secret with the key that sealed it and seals it with the present one, and has the audit log go on with that. Everything keeps working meanwhile. It may be stopped and started again; doing it again changes nothing. Exit code 1 when some secrets cannot be opened.',
    examples: [
      { run: 'secret-key reseal', says: 'when all processes have started with the new key' },
      { run: 'secret-key reseal --accept-loss', says: 'when the key before is lost' },
    ],
    see: ['secret-key show', 'secret-key drop'],
    load: async () => (await import('./reseal.ts')).reseal,
  },
  {
    words: 'secret-key drop',
    works: 'machine',
    summary: 'take keys that nothing hangs on out of the data directory',
    about:
      'Leaves only the present key in secret.key. Refused while anything hangs on another key. Keys in TRIBUTARY_SECRET_KEYS_ACCEPTED are taken out there.',
    examples: [{ run: 'secret-key drop', says: 'the last step of changing the key' }],
    see: ['secret-key show'],
    load: async () => (await import('./drop.ts')).drop,
  },
];
