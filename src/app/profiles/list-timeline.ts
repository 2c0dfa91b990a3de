import {
  listTimeline as select,
  type TimelineLine,
  type TimelineStretch,
} from '../../store/profiles/read-timeline.ts';
import type { AppContext } from '../context.ts';

/** What happened to a person, newest first. */
export async function listTimeline(
  context: Pick<AppContext, 'store'>,
  stretch: TimelineStretch,
): Promise<readonly TimelineLine[]> {
  return await select(context.store.read, stretch);
}
