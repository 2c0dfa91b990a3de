import type { CommandSpec } from '../command.ts';

const FILE = {
  flags: '-f, --file <file>',
  description: 'a definition that is not registered yet',
  completes: 'files',
} as const;

export const PROVIDER_COMMANDS: readonly CommandSpec[] = [
  {
    words: 'provider apply',
    summary: 'register providers from files, or bring them to what the files say',
    options: [
      {
        flags: '-f, --file <files...>',
        description: 'definitions in YAML',
        required: true,
        completes: 'files',
      },
      { flags: '--dry-run', description: 'show what would change, and change nothing' },
      { flags: '--prune', description: 'remove providers that no file names; their people are kept' },
      { flags: '--yes', description: 'do not ask before changing or removing what is registered' },
    ],
    about:
      'All files or none: every one is read, checked and compared before the first is saved. Applying the same again changes nothing. What would change at a provider that is registered is shown first, setting by setting, and asked about; scripts say --yes. Passwords are taken from the environment: write ${NAME} in connection.password.',
    examples: [
      {
        run: 'provider apply -f acme-hr.yaml',
        says: 'register a provider, or bring it to what the file says',
      },
      { run: 'provider apply -f providers/*.yaml --dry-run', says: 'in a pull request: what would change' },
      {
        run: 'provider apply -f providers/*.yaml --prune --yes',
        says: 'in CI: exactly the providers of the folder',
      },
    ],
    see: ['provider test', 'provider preview', 'provider remove'],
    load: async () => (await import('./apply.ts')).apply,
  },
  {
    words: 'provider list',
    summary: 'the registered providers',
    about:
      'One line a provider: people, the last run and its state, when full runs start, the code of the last error.',
    examples: [
      { run: 'provider list', says: 'how each of them is' },
      { run: 'provider list --json', says: 'one document a line, for jq' },
    ],
    see: ['provider show'],
    load: async () => (await import('./list.ts')).list,
  },
  {
    words: 'provider show',
    args: '<name>',
    completes: 'providers',
    summary: 'one provider: its definition, people and last run',
    about:
      'The definition as it was applied (never the password), its people, its last run, what it left at the source, and the latest lines of its timeline.',
    examples: [{ run: 'provider show acme-hr', says: 'everything about one provider' }],
    see: ['provider list', 'run list'],
    load: async () => (await import('./show.ts')).show,
  },
  {
    words: 'provider test',
    args: '[name]',
    completes: 'providers',
    summary: 'look for everything that would stop a provider from working; changes nothing',
    options: [FILE],
    about:
      'Connects and looks at everything at once: name, login, TLS, rights, table, columns, key, cursor, hashes. Every finding has a remedy to paste. Nothing is changed or saved. Exit code 1 when something would stop the provider from working.',
    examples: [
      { run: 'provider test -f acme-hr.yaml', says: 'before it is registered' },
      { run: 'provider test acme-hr', says: 'when its runs fail' },
    ],
    see: ['provider grants', 'provider discover'],
    load: async () => (await import('./test.ts')).test,
  },
  {
    words: 'provider discover',
    args: '[name]',
    completes: 'providers',
    summary: 'what the database offers, and how it could be mapped',
    options: [FILE, { flags: '--yaml', description: 'write the proposal as a definition, ready to apply' }],
    about:
      'Lists tables and columns with what their values look like, and proposes source, cursor and mapping with a reason for each. A file needs no more than name, connector and connection.',
    examples: [
      { run: 'provider discover -f acme-hr.yaml', says: 'what is there' },
      {
        run: 'provider discover -f acme-hr.yaml --yaml > proposal.yaml',
        says: 'the proposal as a definition, with its reasons as comments',
      },
    ],
    see: ['provider init', 'provider preview'],
    load: async () => (await import('./discover.ts')).discover,
  },
  {
    words: 'provider templates',
    works: 'nothing',
    summary: 'the applications that there is a ready-made definition for',
    about:
      'Applications such as Django or WordPress keep their people in tables of known shape: a template maps them, recognises their hashes and knows their pitfalls.',
    examples: [{ run: 'provider templates', says: 'their names, and the databases they run on' }],
    see: ['provider init'],
    load: async () => (await import('./templates.ts')).templates,
  },
  {
    words: 'provider init',
    summary: 'write a definition: be asked for it, or take a template',
    options: [
      { flags: '-t, --template <name>', description: 'one of provider templates; nothing is asked' },
      {
        flags: '--connector <kind>',
        description: "the kind of database; the application's usual one unless given",
      },
      { flags: '--name <name>', description: 'the name of the provider; that of the template unless given' },
      {
        flags: '-o, --out <file>',
        description: 'where to write it; NAME.yaml unless given',
        completes: 'files',
      },
    ],
    about:
      'On a terminal it asks, step by step: kind or template, connection with the checks running, source and mapping from what was found, with reasons, and onboarding; then it writes the file. With --template it asks nothing. The file is for git; a file that is there is never written over.',
    examples: [
      { run: 'provider init', says: 'be asked, and see what is found' },
      {
        run: 'provider init --template django --name acme-site',
        says: 'write a file to fill in, without being asked',
      },
    ],
    see: ['provider templates', 'provider test', 'provider apply'],
    load: async () => (await import('./init/init.ts')).init,
  },
  {
    words: 'provider preview',
    args: '[name]',
    completes: 'providers',
    summary: 'the first records as they would become profiles; saves nothing',
    options: [FILE, { flags: '--limit <n>', description: 'at most so many', default: '10' }],
    about:
      'The first records in key order as the mapping makes them, with the format of each stored hash and what is wrong with each. Saves nothing, shows no hash.',
    examples: [
      { run: 'provider preview acme-hr --limit 20', says: 'of a provider that is registered' },
      { run: 'provider preview -f acme-hr.yaml', says: 'of one that is not' },
    ],
    see: ['provider test', 'sync'],
    load: async () => (await import('./preview.ts')).preview,
  },
  {
    words: 'provider grants',
    args: '[name]',
    completes: 'providers',
    summary: 'the SQL that grants exactly the rights needed, for the database administrator',
    options: [FILE],
    about:
      'Made from the definition: the rights to read what is mapped, to write what write-back writes, and none besides. For the database administrator to look at and run.',
    examples: [
      { run: 'provider grants -f acme-hr.yaml', says: 'before anybody has a login there' },
      { run: 'provider grants acme-hr > grants.sql', says: 'after the mapping has changed' },
    ],
    see: ['provider test'],
    load: async () => (await import('./grants.ts')).grants,
  },
  {
    words: 'provider key',
    args: '<name>',
    completes: 'providers',
    summary:
      'make the key that its system signs posts with, or a new one; shown once, the old one stays good for 24 hours',
    about:
      'Posts to /hooks/providers/NAME are signed with it. It is shown once. Making a new one keeps the one before it good for 24 hours, so that the sender can be changed without a gap.',
    examples: [{ run: 'provider key acme-hr', says: 'make it, or make a new one' }],
    see: ['provider show'],
    load: async () => (await import('./key.ts')).key,
  },
  {
    words: 'provider pause',
    args: '<name>',
    completes: 'providers',
    summary: 'stop scheduled runs',
    about: 'Nothing of it starts by itself any more. What operators ask for still runs.',
    examples: [{ run: 'provider pause acme-hr', says: 'before maintenance of the database' }],
    see: ['provider resume'],
    load: async () => (await import('./pause.ts')).pause,
  },
  {
    words: 'provider resume',
    args: '<name>',
    completes: 'providers',
    summary: 'let scheduled runs start again',
    about: 'What was missed while it was paused is found by the next run.',
    examples: [{ run: 'provider resume acme-hr', says: 'after the maintenance' }],
    see: ['provider pause'],
    load: async () => (await import('./pause.ts')).resume,
  },
  {
    words: 'provider remove',
    args: '<name>',
    completes: 'providers',
    summary: 'remove a provider; its people are kept or disabled, never deleted',
    options: [
      {
        flags: '--people <what>',
        description: 'keep or disable',
        default: 'keep',
        completes: ['keep', 'disable'],
      },
      { flags: '--yes', description: 'do not ask for the name' },
    ],
    about:
      'Its people are kept as they are, or disabled, never deleted. What Tributary left at the source (a slot, a trigger) is dropped, or it is said that it could not be. Asks for the name; scripts say --yes.',
    examples: [
      { run: 'provider remove acme-hr', says: 'its people go on signing in' },
      { run: 'provider remove acme-hr --people disable --yes', says: 'they do not' },
    ],
    see: ['provider pause'],
    load: async () => (await import('./remove.ts')).remove,
  },
];
