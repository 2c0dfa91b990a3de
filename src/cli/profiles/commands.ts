import type { CommandSpec, OptionSpec } from '../command.ts';
import { FILTER } from './filter-option.ts';
import { DRY_RUN, PEOPLE_OPTIONS } from './read-people.ts';

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
      { flags: '--after <id>', description: 'those after the one of this id, the last of the list before' },
    ],
    about: 'By username, a page at a time: --after takes the id of the last one, which a full page names.',
    examples: [
      { run: 'profile list --filter text=ada', says: 'by the beginnings of names, username or address' },
      {
        run: 'profile list --filter provider=acme-hr preRegistration=true --json',
        says: 'who has not chosen a password yet',
      },
    ],
    see: ['profile show'],
    load: async () => (await import('./list.ts')).list,
  },
  {
    words: 'profile show',
    args: '<who>',
    summary: 'one person: fields and who owns them, flags, links, e-mails, timeline',
    about:
      'Fields with their owner, both flags, what the password is (never the hash), the link of the registration e-mail, e-mails, write-backs and the timeline.',
    examples: [{ run: 'profile show ada@example.org', says: 'by address; a username or an id will do too' }],
    see: ['profile resync', 'profile resend'],
    load: async () => (await import('./show.ts')).show,
  },
  {
    words: 'profile create',
    summary: 'enter a person who has no provider',
    options: CREATE_OPTIONS,
    about:
      'Somebody made here has the same flags and flows as everybody, and no provider. A temporary password is typed unseen or piped in, and never given on the command line.',
    examples: [
      {
        run: 'profile create --username ada --email ada@example.org --pre-registration',
        says: 'she gets a link to choose her password',
      },
      {
        run: 'profile create --username bob --temporary-password',
        says: 'asks for a password that bob has to replace',
      },
    ],
    see: ['profile import', 'profile set'],
    load: async () => (await import('./create.ts')).create,
  },
  {
    words: 'profile import',
    args: '<file>',
    completes: 'files',
    summary: 'enter the people of a CSV file; all of them or nobody',
    options: [
      { flags: '--partial', description: 'enter the good rows and report the others' },
      { flags: '--hold', description: 'hold invitations back; send them in waves with: email release' },
      {
        flags: '--columns <pairs...>',
        description:
          'FIELD=COLUMN, the column of the file that a field is taken from; other columns are left out',
      },
      { flags: '--look', description: 'only tell which columns there are, and what each most likely holds' },
      { flags: '--dry-run', description: 'only tell who would be entered, and what is wrong' },
    ],
    about:
      'Unless --columns says otherwise the columns are username, email, givenName, familyName, displayName, locale, attributes.NAME, preRegistration, forceReset and temporaryPassword. Every row is checked before the first is entered; what is wrong is told by line and column. - is standard input.',
    examples: [
      { run: 'profile import new-people.csv', says: 'all of them or nobody' },
      {
        run: 'profile import new-people.csv --partial',
        says: 'the good rows; exit code 1 when some were left out',
      },
      { run: 'profile import staff.csv --look', says: 'a file whose columns are called otherwise' },
      {
        run: "profile import staff.csv --columns username=Login email='E-Mail' attributes.room=Room --dry-run",
        says: 'who that would enter',
      },
    ],
    see: ['profile create'],
    load: async () => (await import('./import.ts')).importFile,
  },
  {
    words: 'profile set',
    args: '<who> <pairs...>',
    summary: 'change forceReset, preRegistration or enabled, or fields that no provider owns',
    about:
      'What a provider owns is refused, and says which provider. Setting forceReset asks for a new password at the next sign-in; setting preRegistration sends a link.',
    examples: [
      { run: 'profile set ada forceReset=true', says: 'a new password at her next sign-in' },
      { run: 'profile set ada enabled=false attributes.department=Sales', says: 'several at once' },
    ],
    see: ['profile show'],
    load: async () => (await import('./set.ts')).set,
  },
  {
    words: 'profile force-reset',
    summary: 'have many people choose a new password at their next sign-in',
    options: [...PEOPLE_OPTIONS, { flags: '--off', description: 'ask it of them no more' }, DRY_RUN],
    about:
      'They sign in with the password they have, and choose a new one before anything else; whoever is signed in is signed out. People without a password are left out.',
    examples: [
      { run: 'profile force-reset --filter provider=acme-hr --dry-run', says: 'how many it would concern' },
      { run: 'profile force-reset --who ada bob', says: 'just these two' },
    ],
    see: ['profile set', 'email resend'],
    load: async () => (await import('./force-reset.ts')).forceReset,
  },
  {
    words: 'profile resend',
    args: '<who>',
    summary: 'send a new registration link',
    about:
      'Older links go on working until a password is set. Exit code 1, with the reason, when no link will be sent.',
    examples: [{ run: 'profile resend ada@example.org', says: 'for somebody who lost the e-mail' }],
    see: ['email resend', 'email list'],
    load: async () => (await import('./resend.ts')).resend,
  },
  {
    words: 'profile resync',
    args: '<who>',
    summary: 'bring one person into step with their provider now, explained in five steps',
    about: 'Connected, found, mapped, matched, done: what went well, and where it stopped and why.',
    examples: [{ run: 'profile resync ada@example.org', says: 'with a caller on the line' }],
    see: ['sync', 'profile show'],
    load: async () => (await import('./resync.ts')).resync,
  },
  {
    words: 'profile sessions',
    args: '<who>',
    summary: 'where somebody is signed in: since when, from where, with which browser',
    about: 'The hosted pages only: what other applications keep is theirs.',
    examples: [{ run: 'profile sessions ada', says: 'before ending them' }],
    see: ['profile end-sessions'],
    load: async () => (await import('./sessions.ts')).sessions,
  },
  {
    words: 'profile end-sessions',
    args: '<who>',
    summary: 'sign somebody out everywhere',
    about: 'They have to sign in again. Doing so again changes nothing.',
    examples: [{ run: 'profile end-sessions ada', says: 'after a lost device' }],
    see: ['profile sessions', 'profile set'],
    load: async () => (await import('./end-sessions.ts')).endAll,
  },
  {
    words: 'profile unlock',
    args: '<who>',
    summary: 'let somebody try to sign in, and ask for links, again at once',
    about:
      "The failures of the account are forgotten. Those of an address are not: it may be somebody else's.",
    examples: [{ run: 'profile unlock ada', says: 'with a caller on the line' }],
    see: ['profile show'],
    load: async () => (await import('./unlock.ts')).unlock,
  },
];
