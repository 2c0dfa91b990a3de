import type { QuerySchema } from './schema.ts';

/** How many records of a query are looked at, how many values of a column are kept, and how much of each. */
export const QUERY_SAMPLE = { rows: 200, values: 20, characters: 512 } as const;

/** One column of a query. */
export interface QueryColumn {
  readonly name: string;
  readonly type: string;
  /** One for each record looked at, in the order of the records; null: empty, or no text. */
  readonly values: readonly (string | null)[];
}

/** Names that say that a column is there to tell records apart. */
const TELLS_APART = /(?:^|[_-])(?:id|uuid|guid|key|nr|no|number)$|[a-z](?:Id|ID|Uuid|Guid|Key|Nr|No)$/;

/** Describes a query by what it answers. Whether a column may be empty nobody declares: each of them may. */
export function querySchema(columns: readonly QueryColumn[]): QuerySchema {
  const apart = columns.filter(({ values }) => values.length > 0 && tellsApart(values));
  const key = apart.find(({ name }) => TELLS_APART.test(name) || name.toLowerCase() === 'id') ?? apart[0];
  return {
    key: key === undefined ? [] : [key.name],
    columns: columns.map(({ name, type, values }) => ({
      name,
      type,
      nullable: true,
      sample: [...new Set(values.filter((value) => value !== null))].slice(0, QUERY_SAMPLE.values),
    })),
  };
}

/** The names that one column has, in the order of the columns. */
export function namesOnce(names: readonly string[]): readonly string[] {
  return names.filter((name) => names.indexOf(name) === names.lastIndexOf(name));
}

function tellsApart(values: readonly (string | null)[]): boolean {
  return !values.includes(null) && new Set(values).size === values.length;
}
