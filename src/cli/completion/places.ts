import type { CommandSpec, CommandTree, Completes } from '../command.ts';
import { commandOptions } from '../options.ts';

/** What can follow a number of words: words, options, and values. */
export interface Place {
  /** The words before it: empty, a group, or a command. */
  readonly path: string;
  readonly words: readonly Suggestion[];
  /** What a value is for the option that stands before it, and (null) for the first argument. */
  readonly values: ReadonlyMap<string | null, Completes>;
}

export interface Suggestion {
  readonly word: string;
  readonly says: string;
}

/** Every place of the command tree, from the top. */
export function placesOf({ commands, groups }: CommandTree): readonly Place[] {
  const single = commands.filter(({ words }) => !words.includes(' '));
  const top = [
    ...single.map(({ words, summary }) => ({ word: words, says: summary })),
    ...Object.entries(groups).map(([word, says]) => ({ word, says })),
    { word: 'help', says: 'what a command does' },
    { word: '--help', says: 'what there is' },
    { word: '--version', says: 'the version' },
  ];
  return [
    { path: '', words: top, values: new Map() },
    ...Object.keys(groups).map((group) => groupPlace(group, commands)),
    ...commands.map(commandPlace),
  ];
}

function groupPlace(group: string, commands: readonly CommandSpec[]): Place {
  const within = commands.filter(({ words }) => words.startsWith(`${group} `));
  const words = within.map(({ words: all, summary }) => ({
    word: all.slice(group.length + 1),
    says: summary,
  }));
  return { path: group, words: [...words, { word: '--help', says: 'what there is' }], values: new Map() };
}

function commandPlace(spec: CommandSpec): Place {
  const options = commandOptions(spec);
  const values = new Map<string | null, Completes>();
  if (spec.completes !== undefined) values.set(null, spec.completes);
  for (const { flags, completes } of options) {
    if (!flags.includes('<')) continue;
    for (const flag of flagsIn(flags)) values.set(flag, completes ?? []);
  }
  const words = options.flatMap(({ flags, description }) =>
    flagsIn(flags)
      .filter((flag) => flag.startsWith('--'))
      .map((word) => ({ word, says: description })),
  );
  return {
    path: spec.words,
    words: [...words, { word: '--help', says: 'what it does, with examples' }],
    values,
  };
}

/** `-f, --file <file>`: `-f` and `--file`. */
function flagsIn(flags: string): readonly string[] {
  return flags
    .split(/,? /)
    .filter((part) => part.startsWith('-'))
    .map((part) => part.replace(/\.+$/, ''));
}
