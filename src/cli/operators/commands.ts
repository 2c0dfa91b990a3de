import type { CommandSpec } from '../command.ts';
import { stretchOptions } from '../read-stretch.ts';

export const OPERATOR_COMMANDS: readonly CommandSpec[] = [
  {
    words: 'operator create',
    args: '<name>',
    summary: 'make an operator; prints the link by which they choose a password',
    options: [
      {
        flags: '--role <role>',
        description: 'admin, support or viewer',
        default: 'admin',
        completes: ['admin', 'support', 'viewer'],
      },
      {
        flags: '--password',
        description: 'the operator is here: ask for the password, or take the first line of standard input',
      },
    ],
    about:
      'Prints a link, good once and for a day, by which they choose their password: nobody chooses it for them. Over the API this takes a token with the scope operators:write, and the link ends with that token.',
    examples: [{ run: 'operator create grace --role support', says: 'prints the link to pass on' }],
    see: ['operator list', 'operator invite'],
    load: async () => (await import('./operators.ts')).create,
  },
  {
    words: 'operator list',
    summary: 'operators by name',
    about: 'Role, state, second factor, last sign-in.',
    examples: [{ run: 'operator list', says: 'who may do what' }],
    see: ['operator create'],
    load: async () => (await import('./operators.ts')).list,
  },
  {
    words: 'operator invite',
    args: '<name>',
    summary: 'a new link to choose a password, for somebody who has forgotten theirs',
    options: [{ flags: '--drop-second-factor', description: 'for somebody who has lost their device too' }],
    about: 'Links before it end. Their sessions end when they use it.',
    examples: [
      { run: 'operator invite grace', says: 'a forgotten password' },
      { run: 'operator invite grace --drop-second-factor', says: 'a lost device too' },
    ],
    see: ['operator list'],
    load: async () => (await import('./operators.ts')).invite,
  },
  {
    words: 'operator disable',
    args: '<name>',
    summary: 'end the sessions, links and tokens of an operator, and let them in no more',
    about: 'At once. Nobody is removed: the audit log names them.',
    examples: [{ run: 'operator disable grace', says: 'when somebody leaves' }],
    see: ['operator enable'],
    load: async () => (await import('./operators.ts')).disable,
  },
  {
    words: 'operator enable',
    args: '<name>',
    summary: 'let a disabled operator in again',
    about: 'With the password and the second factor they had.',
    examples: [{ run: 'operator enable grace', says: 'when somebody returns' }],
    see: ['operator disable'],
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
    about:
      'For programs, and for this command on another machine. Its text is shown once; the store keeps a hash. Give it the scopes it needs and no more: whoever has a token with operators:write or tokens:write can let others in. A token that is made with a token has no more scopes than that one, ends no later, and ends with it.',
    examples: [
      {
        run: 'token create ci --scope providers:read providers:write --days 30',
        says: 'for applying definitions in CI',
      },
      { run: 'token create app --scope sign-in', says: 'for an application that signs people in' },
    ],
    see: ['token list', 'token revoke'],
    load: async () => (await import('./tokens.ts')).create,
  },
  {
    words: 'token list',
    summary: 'API tokens, the newest first, without their texts',
    about: 'Scopes, who made it, until when, when it was last used.',
    examples: [{ run: 'token list', says: 'what lets whom in' }],
    see: ['token revoke'],
    load: async () => (await import('./tokens.ts')).list,
  },
  {
    words: 'token revoke',
    args: '<token>',
    summary: 'end a token, by its name or id',
    options: [
      {
        flags: '--keep-operators',
        description: 'operators who got in by links of the token stay; not over the API',
      },
    ],
    about:
      'The next request that presents it is refused. What it made ends with it: tokens, what those made, links that nobody has used, and operators who chose their password by its links are disabled, unless no other admin could sign in. Whoever was let in by somebody of these stays: audit list --actor names them.',
    examples: [
      { run: 'token revoke ci', says: 'by its name, or its id' },
      { run: 'token revoke onboarding --keep-operators', says: 'replaced by another, and nobody stole it' },
    ],
    see: ['token list'],
    load: async () => (await import('./tokens.ts')).revoke,
  },
  {
    words: 'audit list',
    summary: 'what operators did',
    options: [
      { flags: '--actor <name>', description: 'who: an operator, token:NAME or cli:LOGIN' },
      { flags: '--action <action>', description: 'what: provider.apply, or provider for all of that kind' },
      { flags: '--subject <subject>', description: 'to whom or what: a name or an id' },
      { flags: '--after <n>', description: 'go on after the entry of this number, the last one shown' },
      ...stretchOptions('50'),
    ],
    about: 'Everything an operator does is in it, and every refusal.',
    examples: [
      { run: 'audit list --action provider', says: 'all of one kind' },
      { run: 'audit list --actor grace --limit 200', says: 'all of one person' },
    ],
    see: ['audit verify'],
    load: async () => (await import('./audit.ts')).list,
  },
  {
    words: 'audit verify',
    summary: 'look whether anything in the audit log was edited, removed, moved or cut off',
    options: [
      { flags: '--anchor <anchors...>', description: 'what an earlier audit verify printed, kept elsewhere' },
    ],
    about:
      'Follows the chain from the first entry to the last. Exit code 1 when it is not what was written. What it prints at the end is kept elsewhere, and given with --anchor the next time, it finds an end that was cut off.',
    examples: [
      { run: 'audit verify', says: 'regularly, from a timer' },
      {
        run: 'audit verify --anchor 18:aXb3kZ0sPq5vN1yT7uW9cE2gR4hJ6lM8oQ0dF2iK4wA',
        says: 'compared with what an earlier one printed',
      },
    ],
    see: ['audit list'],
    load: async () => (await import('./audit.ts')).verify,
  },
];
