import type { CommandSpec } from '../command.ts';

const FILE = { flags: '-f, --file <file>', description: 'a definition that is not registered yet' };

export const PROVIDER_COMMANDS: readonly CommandSpec[] = [
  {
    words: 'provider apply',
    summary: 'register providers from files, or bring them to what the files say',
    options: [
      { flags: '-f, --file <files...>', description: 'definitions in YAML', required: true },
      { flags: '--dry-run', description: 'show what would change, and change nothing' },
      { flags: '--prune', description: 'remove providers that no file names; their people are kept' },
      { flags: '--yes', description: 'do not ask before changing or removing what is registered' },
    ],
    load: async () => (await import('./apply.ts')).apply,
  },
  {
    words: 'provider list',
    summary: 'the registered providers',
    load: async () => (await import('./list.ts')).list,
  },
  {
    words: 'provider show',
    args: '<name>',
    summary: 'one provider: its definition, people and last run',
    load: async () => (await import('./show.ts')).show,
  },
  {
    words: 'provider test',
    args: '[name]',
    summary: 'look for everything that would stop a provider from working; changes nothing',
    options: [FILE],
    load: async () => (await import('./test.ts')).test,
  },
  {
    words: 'provider discover',
    args: '[name]',
    summary: 'what the database offers, and how it could be mapped',
    options: [FILE, { flags: '--yaml', description: 'write the proposal as a definition, ready to apply' }],
    load: async () => (await import('./discover.ts')).discover,
  },
  {
    words: 'provider templates',
    summary: 'the applications that there is a ready-made definition for',
    load: async () => (await import('./templates.ts')).templates,
  },
  {
    words: 'provider init',
    summary: 'write a definition to go on from, made from a template',
    options: [
      { flags: '-t, --template <name>', description: 'one of provider templates', required: true },
      {
        flags: '--connector <kind>',
        description: "the kind of database; the application's usual one unless given",
      },
      { flags: '--name <name>', description: 'the name of the provider; that of the template unless given' },
      { flags: '-o, --out <file>', description: 'where to write it; NAME.yaml unless given' },
    ],
    load: async () => (await import('./init.ts')).init,
  },
  {
    words: 'provider preview',
    args: '[name]',
    summary: 'the first records as they would become profiles; saves nothing',
    options: [FILE, { flags: '--limit <n>', description: 'at most so many', default: '10' }],
    load: async () => (await import('./preview.ts')).preview,
  },
  {
    words: 'provider grants',
    args: '[name]',
    summary: 'the SQL that grants exactly the rights needed, for the database administrator',
    options: [FILE],
    load: async () => (await import('./grants.ts')).grants,
  },
  {
    words: 'provider key',
    args: '<name>',
    summary:
      'make the key that its system signs posts with, or a new one; shown once, the old one stays good for 24 hours',
    load: async () => (await import('./key.ts')).key,
  },
  {
    words: 'provider pause',
    args: '<name>',
    summary: 'stop scheduled runs',
    load: async () => (await import('./pause.ts')).pause,
  },
  {
    words: 'provider resume',
    args: '<name>',
    summary: 'let scheduled runs start again',
    load: async () => (await import('./pause.ts')).resume,
  },
  {
    words: 'provider remove',
    args: '<name>',
    summary: 'remove a provider; its people are kept or disabled, never deleted',
    options: [
      { flags: '--people <what>', description: 'keep or disable', default: 'keep' },
      { flags: '--yes', description: 'do not ask for the name' },
    ],
    load: async () => (await import('./remove.ts')).remove,
  },
];
