import { option } from './option.ts';
import { publicUrl, token } from './types.ts';

/** What the command needs to ask an installation elsewhere; servers and workers have no use for it. */
export const COMMAND_OPTIONS = {
  server: option({
    variable: 'TRIBUTARY_SERVER',
    group: 'Command',
    type: publicUrl,
    expects: 'the address of an installation, such as https://accounts.example.com',
    fallback: null,
    fallbackText: 'unset: commands work on the store directly',
    description:
      'The installation that commands ask over its API, from any machine. `--server` wins. Servers and workers have ' +
      'no use for it.',
  }),
  token: option({
    variable: 'TRIBUTARY_TOKEN',
    group: 'Command',
    type: token,
    expects: 'an API token, as `bin/tributary token create` prints it',
    fallback: null,
    fallbackText: 'unset',
    description:
      'What lets commands in at `TRIBUTARY_SERVER`. What they may do there is what its scopes say.',
    secret: 'whole',
  }),
} as const;
