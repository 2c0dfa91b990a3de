import { z } from 'zod';
import { list } from '../schemas/shapes.ts';

const DEFAULT = 50;
const MOST = 200;

/** How much of a list is asked for. A number in a query is text. */
export const limitQuery = z.coerce.number().int().min(1).max(MOST).default(DEFAULT);

/** The place after which the next page begins: `next` of the page before. */
export const idCursor = z.uuid().optional();
export const numberCursor = z
  .string()
  .regex(/^\d{1,18}$/, 'is not a place in this list')
  .optional();

/** `true` or `false` in a query. */
export const flagQuery = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .optional();

/** A moment in a query: ISO 8601, with a zone. */
export const momentQuery = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .optional();

/** Which stretch of a list that is kept by time, and from which end. */
export const timeQuery = {
  sort: z.enum(['newest', 'oldest']).default('newest').meta({ description: 'Which end comes first.' }),
  since: momentQuery.meta({ description: 'From this moment on; ISO 8601 with a zone.' }),
  until: momentQuery.meta({ description: 'Before this moment.' }),
  limit: limitQuery,
  cursor: idCursor,
};

/** A page of a list. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: list(item),
    next: z.string().nullable().meta({ description: 'Pass it as `cursor`; null on the last page.' }),
  });
}

/** @param found one more than asked for, when there is more. */
export function page<T>(
  found: readonly T[],
  limit: number,
  placeOf: (item: T) => string,
): { readonly items: readonly T[]; readonly next: string | null } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? placeOf(last) : null };
}
