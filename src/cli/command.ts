import type { AppContext } from '../app/context.ts';
import type { Output } from './output.ts';
import type { Runtime } from './runtime.ts';

/** 0 done, 1 failed, 2 usage, 3 held by a safeguard. */
export type ExitCode = 0 | 1 | 2 | 3;

/** What one command works with. */
export interface Session {
  readonly runtime: Runtime;
  readonly output: Output;
  /** Who is asking, for timelines and the audit log: `cli:` and the login name. */
  readonly actor: string;
  /** Aborts on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** Opens the context for the length of `work`. */
  withContext<T>(work: (context: AppContext) => Promise<T>): Promise<T>;
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
  readonly options?: readonly OptionSpec[];
  readonly load: () => Promise<Action>;
}

export interface OptionSpec {
  /** In commander's syntax: `--limit <n>`. */
  readonly flags: string;
  readonly description: string;
  readonly default?: string | boolean;
  readonly required?: boolean;
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
