import type { z } from 'zod';

export type Group =
  | 'Store'
  | 'Queues'
  | 'Mail'
  | 'Web'
  | 'Passwords'
  | 'Operators'
  | 'Providers'
  | 'Workers'
  | 'Logging'
  | 'Command';

/** What was set so far, as text, and whether the process runs in production: what a default may depend on. */
export interface Given {
  readonly text: (variable: string) => string | undefined;
  readonly production: boolean;
}

export type Fallback = string | null | ((given: Given) => string);

/** One thing that an operator can set. */
export interface Option<T extends z.ZodType = z.ZodType, F extends Fallback = Fallback> {
  /** The environment variable; a settings file uses the same name. */
  readonly variable: string;
  readonly group: Group;
  /** Reads the text that was set. */
  readonly type: T;
  /** What the type accepts, in words: completes the sentence "expected …". */
  readonly expects: string;
  /** The text that counts when nothing was set; null leaves the option unset. */
  readonly fallback: F;
  /** Says in the reference what a computed default, or none, amounts to. */
  readonly fallbackText?: string;
  readonly description: string;
  /** `whole`: never shown. `url`: shown without its password and its query. */
  readonly secret?: 'whole' | 'url';
}

/**
 * A secret as the configuration holds it: a function, which no printer, serialiser
 * or template turns into its value by accident.
 */
export type Hidden<T> = () => T;

/** Keeps the exact types of an option. */
export const option = <T extends z.ZodType, const F extends Fallback>(about: Option<T, F>): Option<T, F> =>
  about;
