import type { CommandSpec } from '../command.ts';

export const OPERATOR_COMMANDS: readonly CommandSpec[] = [
  {
    words: 'operator create',
    args: '<name>',
    summary: 'make an operator; prints the link by which they choose a password',
    options: [
      { flags: '--role <role>', description: 'admin, support or viewer', default: 'admin' },
      {
        flags: '--password',
        description: 'the operator is here: ask for the password, or take the first line of standard input',
      },
    ],
    load: async () => (await import('./operators.ts')).create,
  },
  {
    words: 'operator list',
    summary: 'operators by name',
    load: async () => (await import('./operators.ts')).list,
  },
  {
    words: 'operator invite',
    args: '<name>',
    summary: 'a new link to choose a password, for somebody who has forgotten theirs',
    options: [{ flags: '--drop-second-factor', description: 'for somebody who has lost their device too' }],
    load: async () => (await import('./operators.ts')).invite,
  },
  {
    words: 'operator disable',
    args: '<name>',
    summary: 'end the sessions, links and tokens of an operator, and let them in no more',
    load: async () => (await import('./operators.ts')).disable,
  },
  {
    words: 'operator enable',
    args: '<name>',
    summary: 'let a disabled operator in again',
    load: async () => (await import('./operators.ts')).enable,
  },
  {
    words: 'token create',
    args: '<name>',
    summary: 'make an API token; its text is shown once',
    options: [
      {
        flags: '--scope <scopes...>',
        description: 'what it may be used for, for example providers:read or sign-in',
        required: true,
      },
      { flags: '--days <n>', description: 'how long it is good for, 365 at most', default: '90' },
    ],
    load: async () => (await import('./tokens.ts')).create,
  },
  {
    words: 'token list',
    summary: 'API tokens, the newest first, without their texts',
    load: async () => (await import('./tokens.ts')).list,
  },
  {
    words: 'token revoke',
    args: '<token>',
    summary: 'end a token, by its name or id',
    load: async () => (await import('./tokens.ts')).revoke,
  },
  {
    words: 'audit list',
    summary: 'what operators did, the newest first',
    options: [
      { flags: '--actor <name>', description: 'who: an operator, token:NAME or cli:LOGIN' },
      { flags: '--action <action>', description: 'what: provider.apply, or provider for all of that kind' },
      { flags: '--subject <subject>', description: 'to whom or what: a name or an id' },
      { flags: '--before <n>', description: 'entries before this number' },
      { flags: '--limit <n>', description: 'at most so many', default: '50' },
    ],
    load: async () => (await import('./audit.ts')).list,
  },
  {
    words: 'audit verify',
    summary: 'look whether anything in the audit log was edited, removed, moved or cut off',
    options: [
      { flags: '--anchor <anchors...>', description: 'what an earlier audit verify printed, kept elsewhere' },
    ],
    load: async () => (await import('./audit.ts')).verify,
  },
];
