import type { FileOptions } from '../contract/connector.ts';
import type { Pool, Session } from './pool.ts';
import { Select } from './select.ts';
import { readShape } from './shape.ts';

/** What reading and writing one provider have in common. */
export interface Reader {
  readonly pool: Pool;
  readonly options: FileOptions;
  readonly select: (session: Session) => Promise<Select>;
}

export function createReader(pool: Pool, options: FileOptions): Reader {
  return { pool, options, select: async (session) => new Select(options, await readShape(session, options)) };
}
