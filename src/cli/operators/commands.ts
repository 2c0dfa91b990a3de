import type { CommandSpec } from '../command.ts';

export const OPERATOR_COMMANDS: readonly CommandSpec[] = [
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
];
