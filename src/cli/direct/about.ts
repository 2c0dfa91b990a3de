import type { z } from 'zod';
import type { AppContext } from '../../app/context.ts';

/** What a command works on the store with. */
export interface About {
  readonly context: AppContext;
  /** Who asks, for timelines and the audit log. */
  readonly actor: string;
}

/** An answer as the API would give it: with the same keys, in the same order, moments as text. */
export function shown<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  return schema.parse(value);
}

export function shownList<T extends z.ZodType>(
  schema: T,
  values: readonly unknown[],
): readonly z.output<T>[] {
  return values.map((value) => schema.parse(value));
}
