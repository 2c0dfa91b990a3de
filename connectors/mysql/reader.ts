import type { ServerOptions } from '../contract/connector.ts';
import type { Pool, Run } from './pool.ts';
import { Select } from './select.ts';
import { readShape, type Shape } from './shape.ts';

/** What reading and writing one provider have in common. */
export interface Reader {
  readonly pool: Pool;
  readonly options: ServerOptions;
  /** The columns' types, asked for once; asked again when that failed, and after {@link forget}. */
  readonly shape: (run: Run) => Promise<Shape>;
  readonly select: (run: Run) => Promise<Select>;
  /** For when the table was altered. */
  readonly forget: () => void;
}

export function createReader(pool: Pool, options: ServerOptions): Reader {
  let known: Shape | null = null;
  const shape = async (run: Run): Promise<Shape> => (known ??= await readShape(run, options));
  return {
    pool,
    options,
    shape,
    select: async (run) => new Select(options, await shape(run)),
    forget: () => (known = null),
  };
}
