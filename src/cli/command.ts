import type { Installation } from './asks/installation.ts';
import type { Output } from './output.ts';
import type { Runtime } from './runtime.ts';

/** 0 done, 1 failed, 2 usage, 3 held by a safeguard. */
export type ExitCode = 0 | 1 | 2 | 3;

/** What one command works with. */
export interface Session {
  readonly runtime: Runtime;
  readonly output: Output;
  /** Aborts on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** Every command, and what groups of them are about: for completion. */
  readonly tree: CommandTree;
  /** Opens the installation, on its store or over its API, for the length of `work`. */
  readonly withInstallation: <T>(work: (installation: Installation) => Promise<T>) => Promise<T>;
}

export interface CommandTree {
  readonly commands: readonly CommandSpec[];
  /** Groups are the first words of two-word commands. */
  readonly groups: Readonly<Record<string, string>>;
}

/** What was typed: arguments in order (a variadic one is a list), options by their long names in camel case. */
export interface Typed {
  readonly args: readonly (string | readonly string[] | undefined)[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** @returns nothing for 0. Failures are thrown. */
export type Action = (session: Session, typed: Typed) => Promise<ExitCode | undefined>;

/** One command as help, reference and the parser know it. Its code is loaded when it is called. */
export interface CommandSpec {
  /** The words that call it, for example `provider apply`. */
  readonly words: string;
  /** In commander's syntax: `<name>`, `[who]`, `<pairs...>`; empty when there are none. */
  readonly args?: string;
  readonly summary: string;
  /** What it does, in sentences: more than the summary. */
  readonly about: string;
  /** One at least; each is a call that the parser takes, without the name of the program. */
  readonly examples: readonly { readonly run: string; readonly says: string }[];
  /** Words of commands that go with it. */
  readonly see: readonly string[];
  /** What completion offers for its first argument. */
  readonly completes?: Completes;
  readonly options?: readonly OptionSpec[];
  /**
   * What it works with. `installation` (default): one on this machine or, with `--server`, any other. `machine`: an
   * installation on this machine only. `nothing`: it asks no installation.
   */
  readonly works?: 'installation' | 'machine' | 'nothing';
  readonly load: () => Promise<Action>;
}

/** What completion offers for a value: names of providers, files, or one of some words. */
export type Completes = 'providers' | 'files' | readonly string[];

export interface OptionSpec {
  /** In commander's syntax: `--limit <n>`. */
  readonly flags: string;
  readonly description: string;
  readonly default?: string | boolean;
  readonly required?: boolean;
  readonly completes?: Completes;
}

/** The text of an argument that the parser has made sure of. */
export function argument(typed: Typed, place: number): string {
  const value = typed.args[place];
  if (typeof value !== 'string') throw new TypeError(`argument ${place} is not one text`);
  return value;
}

/** The texts of a variadic argument or option; empty when absent. */
export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** The text of an option; null when it was not given. */
export function option(typed: Typed, name: string): string | null {
  const value = typed.options[name];
  return typeof value === 'string' ? value : null;
}

export function flag(typed: Typed, name: string): boolean {
  return typed.options[name] === true;
}
