import type { CommandSpec } from './command.ts';
import { INSTALLATION_COMMANDS } from './installation/commands.ts';
import { EMAIL_COMMANDS } from './mail/commands.ts';
import { OPERATOR_COMMANDS } from './operators/commands.ts';
import { WRITE_BACK_COMMANDS } from './passwords/commands.ts';
import { PROFILE_COMMANDS } from './profiles/commands.ts';
import { PROVIDER_COMMANDS } from './providers/commands.ts';
import { RUN_COMMANDS } from './runs/commands.ts';
import { SECRET_KEY_COMMANDS } from './installation/secret-key/commands.ts';

/** Every command, in the order in which help shows them. */
export const COMMANDS: readonly CommandSpec[] = [
  ...INSTALLATION_COMMANDS,
  ...PROVIDER_COMMANDS,
  ...RUN_COMMANDS,
  ...PROFILE_COMMANDS,
  ...WRITE_BACK_COMMANDS,
  ...EMAIL_COMMANDS,
  ...OPERATOR_COMMANDS,
  ...SECRET_KEY_COMMANDS,
];

/** What a group of commands is about; groups are the first words of two-word commands. */
export const GROUPS: Readonly<Record<string, string>> = {
  provider: 'the customer databases that people come from',
  run: 'what was synchronised, when, and what came of it',
  profile: 'the people',
  'write-back': 'passwords on their way to providers',
  email: 'e-mails to people',
  operator: 'who may use the console and the API',
  audit: 'what operators did',
  token: 'what programs call the API with',
  'secret-key': 'what the secrets of the store are sealed with',
};
