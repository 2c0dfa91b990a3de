import type { Asked } from './server.ts';

/** Filters of a list as a query says them; moments in ISO 8601. */
export function stretchQuery(
  filter: Readonly<Record<string, string | Date | undefined>>,
): NonNullable<Asked['query']> {
  return Object.fromEntries(
    Object.entries(filter).map(([name, value]) => [
      name,
      value instanceof Date ? value.toISOString() : value,
    ]),
  );
}
