import { listTimeline as select, type NumberedLine } from '../../store/profiles/read-timeline.ts';
import type { AppContext } from '../context.ts';

/** What happened to a person, newest first. */
export async function listTimeline(
  context: Pick<AppContext, 'store'>,
  stretch: { readonly profileId: string; readonly before: string | null; readonly limit: number },
): Promise<readonly NumberedLine[]> {
  return await select(context.store.read, stretch);
}
