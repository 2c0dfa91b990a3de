import type { CommandSpec } from './command.ts';
import { INSTALLATION_COMMANDS } from './installation/commands.ts';
import { EMAIL_COMMANDS } from './mail/commands.ts';
import { OPERATOR_COMMANDS } from './operators/commands.ts';
import { WRITE_BACK_COMMANDS } from './passwords/commands.ts';
import { PROFILE_COMMANDS } from './profiles/commands.ts';
import { PROVIDER_COMMANDS } from './providers/commands.ts';
import { RUN_COMMANDS } from './runs/commands.ts';

/** Every command, in the order in which help shows them. */
export const COMMANDS: readonly CommandSpec[] = [
  ...INSTALLATION_COMMANDS,
  ...PROVIDER_COMMANDS,
  ...RUN_COMMANDS,
  ...PROFILE_COMMANDS,
  ...WRITE_BACK_COMMANDS,
  ...EMAIL_COMMANDS,
  ...OPERATOR_COMMANDS,
];
