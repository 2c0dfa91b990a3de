import type { CommandSpec, OptionSpec } from './command.ts';

/** Of every command. */
export const COMMON_OPTIONS: readonly OptionSpec[] = [
  {
    flags: '--server <url>',
    description: 'ask this installation over its API; TRIBUTARY_SERVER unless given',
  },
  {
    flags: '--token <token>',
    description:
      'what lets us in there; better in TRIBUTARY_TOKEN, where no other user of the machine sees it',
  },
  { flags: '--json', description: 'print JSON and nothing else on stdout' },
];

/** All options of a command that mean something for it. */
export function commandOptions({ options = [], works }: CommandSpec): readonly OptionSpec[] {
  const elsewhere = works === undefined || works === 'installation';
  return [...options, ...COMMON_OPTIONS.filter(({ flags }) => elsewhere || flags === '--json')];
}
