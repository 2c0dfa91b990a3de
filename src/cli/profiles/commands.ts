import type { CommandSpec, OptionSpec } from '../command.ts';

/** Also of `email resend`. */
export const FILTER: OptionSpec = {
  flags: '--filter <pairs...>',
  description:
    'provider=NAME, state=active|disabled, forceReset=true|false, preRegistration=true|false, undeliverable=true|false, invitation=held|queued|sent|expired|used|undeliverable|failed|cancelled, text=BEGINNINGS of names, of a username or an address',
};

const CREATE_OPTIONS: readonly OptionSpec[] = [
  { flags: '--username <username>', description: 'unique', required: true },
  { flags: '--email <address>', description: 'where e-mails to the person go' },
  { flags: '--given-name <name>', description: 'given name' },
  { flags: '--family-name <name>', description: 'family name' },
  { flags: '--display-name <name>', description: 'the name that is shown' },
  { flags: '--locale <tag>', description: 'the language of e-mails and pages, for example sv' },
  { flags: '--attribute <pairs...>', description: 'NAME=VALUE, anything else' },
  { flags: '--pre-registration', description: 'send a link to choose the first password' },
  {
    flags: '--temporary-password',
    description: 'ask for one, or take the first line of standard input; it has to be replaced at sign-in',
  },
  { flags: '--force-reset', description: 'goes with a temporary password; given anyway' },
];

export const PROFILE_COMMANDS: readonly CommandSpec[] = [
  {
    words: 'profile list',
    summary: 'people by username',
    options: [
      FILTER,
      { flags: '--limit <n>', description: 'at most so many', default: '100' },
      { flags: '--after <username>', description: 'those after this one' },
    ],
    load: async () => (await import('./list.ts')).list,
  },
  {
    words: 'profile show',
    args: '<who>',
    summary: 'one person: fields and who owns them, flags, links, e-mails, timeline',
    load: async () => (await import('./show.ts')).show,
  },
  {
    words: 'profile create',
    summary: 'enter a person who has no provider',
    options: CREATE_OPTIONS,
    load: async () => (await import('./create.ts')).create,
  },
  {
    words: 'profile import',
    args: '<file>',
    summary: 'enter the people of a CSV file; all of them or nobody',
    options: [
      { flags: '--partial', description: 'enter the good rows and report the others' },
      { flags: '--hold', description: 'hold invitations back; send them in waves with: email release' },
    ],
    load: async () => (await import('./import.ts')).importFile,
  },
  {
    words: 'profile set',
    args: '<who> <pairs...>',
    summary: 'change forceReset, preRegistration or enabled, or fields that no provider owns',
    load: async () => (await import('./set.ts')).set,
  },
  {
    words: 'profile resend',
    args: '<who>',
    summary: 'send a new registration link',
    load: async () => (await import('./resend.ts')).resend,
  },
  {
    words: 'profile resync',
    args: '<who>',
    summary: 'bring one person into step with their provider now, explained in five steps',
    load: async () => (await import('./resync.ts')).resync,
  },
  {
    words: 'profile sessions',
    args: '<who>',
    summary: 'where somebody is signed in: since when, from where, with which browser',
    load: async () => (await import('./sessions.ts')).sessions,
  },
  {
    words: 'profile end-sessions',
    args: '<who>',
    summary: 'sign somebody out everywhere',
    load: async () => (await import('./end-sessions.ts')).endAll,
  },
  {
    words: 'profile unlock',
    args: '<who>',
    summary: 'let somebody try to sign in, and ask for links, again at once',
    load: async () => (await import('./unlock.ts')).unlock,
  },
];
