import { readGauges as read, type Gauges } from '../../store/operators/read-gauges.ts';
import type { AppContext } from '../context.ts';

export type { Count, Gauges } from '../../store/operators/read-gauges.ts';

/** What stands in the store now, for whoever watches. */
export async function readGauges(context: Pick<AppContext, 'store'>): Promise<Gauges> {
  return await read(context.store.read);
}
