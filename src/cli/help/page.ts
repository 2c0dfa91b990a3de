import type { CommandSpec, OptionSpec } from '../command.ts';
import { commandOptions } from '../options.ts';

/** A page about one command, in the parts that pages of a manual have. */
export interface Page {
  /** `tributary provider apply` */
  readonly title: string;
  readonly summary: string;
  readonly synopsis: string;
  readonly description: string;
  /** Each with what stands beneath it. */
  readonly options: readonly Entry[];
  readonly examples: readonly Entry[];
  readonly exitCodes: readonly Entry[];
  /** Titles of other pages. */
  readonly see: readonly string[];
}

export interface Entry {
  readonly head: string;
  readonly text: string;
}

export function pageOf(spec: CommandSpec): Page {
  const options = commandOptions(spec);
  return {
    title: titleOf(spec.words),
    summary: spec.summary,
    synopsis: synopsisOf(spec, options),
    description: `${sentence(spec.summary)} ${spec.about}`,
    options: [...options.map(optionEntry), { head: '-h, --help', text: 'this page' }],
    examples: spec.examples.map(({ run, says }) => ({ head: `tributary ${run}`, text: says })),
    exitCodes: exitCodesOf(spec),
    see: spec.see.map(titleOf),
  };
}

function titleOf(words: string): string {
  return `tributary ${words}`;
}

function synopsisOf({ words, args }: CommandSpec, options: readonly OptionSpec[]): string {
  const shown = options.map(({ flags, required }) => {
    const long = flags.replace(/^-\w, /, '');
    // An option and its value stay on one line.
    return (required === true ? long : `[${long}]`).replaceAll(' ', '\u00A0');
  });
  return [titleOf(words), args, ...shown].filter((part) => part !== undefined).join(' ');
}

function optionEntry({ flags, description, default: fallback, required }: OptionSpec): Entry {
  const notes = [
    ...(required === true ? ['has to be given'] : []),
    ...(typeof fallback === 'string' ? [`${fallback} unless given`] : []),
  ];
  return { head: flags, text: [description, ...notes].join('; ') };
}

/** A run that is asked for may be held; nothing else is. */
function exitCodesOf({ options = [], words }: CommandSpec): readonly Entry[] {
  const mayBeHeld = words === 'sync' || options.some(({ flags }) => flags === '--wait');
  return [
    { head: '0', text: 'done' },
    { head: '1', text: 'failed, or done in part: standard error says what and what to do' },
    { head: '2', text: 'called in a way that cannot be meant: nothing was done' },
    ...(mayBeHeld ? [{ head: '3', text: 'held by a safeguard: an operator has to approve or reject' }] : []),
  ];
}

export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
