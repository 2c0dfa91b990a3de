/** Which stretch of a list that is kept by time, and from which end. */
export interface ByTime {
  /** Which end comes first; the newest by default. */
  readonly sort?: 'newest' | 'oldest' | undefined;
  /** From this moment on. */
  readonly since?: Date | undefined;
  /** Before this moment. */
  readonly until?: Date | undefined;
  /** The id of the last one seen. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** What goes into a statement on a table with `created_at` and `id`. */
export interface ByTimeSql {
  /** Begins with AND. */
  readonly where: string;
  readonly order: string;
  /** Stand after the statement's own. */
  readonly values: readonly unknown[];
}

/** @param about.own how many parameters of its own the statement has before these. */
export function byTime(
  { sort = 'newest', since, until, after, limit }: ByTime,
  about: { readonly table: string; readonly alias: string; readonly own: number },
): ByTimeSql {
  const { table, alias } = about;
  const parameter = (place: number): string => `$${String(about.own + place)}`;
  const place = `(${alias}.created_at, ${alias}.id)`;
  const [beyond, direction] = sort === 'newest' ? ['<', 'DESC'] : ['>', 'ASC'];
  return {
    where: `AND (${parameter(1)}::timestamptz IS NULL OR ${alias}.created_at >= ${parameter(1)})
       AND (${parameter(2)}::timestamptz IS NULL OR ${alias}.created_at < ${parameter(2)})
       AND (${parameter(3)}::uuid IS NULL OR ${place} ${beyond} (SELECT created_at, id FROM ${table} WHERE id = ${parameter(3)}))`,
    order: `ORDER BY ${alias}.created_at ${direction}, ${alias}.id ${direction} LIMIT ${parameter(4)}`,
    values: [since ?? null, until ?? null, after ?? null, limit],
  };
}
