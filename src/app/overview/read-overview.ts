import { countInvitations, type InvitationCounts } from '../../store/overview/count-invitations.ts';
import { readActivity, type ActivityRow } from '../../store/overview/read-activity.ts';
import { MOST_COUNTED, readNeeds, type Needs } from '../../store/overview/read-needs.ts';
import type { AppContext } from '../context.ts';

/** How far back the activity goes: 24 hours, or 7 or 30 days, today included. */
export type Span = 'day' | 'week' | 'month';

export interface Overview {
  readonly needs: Needs;
  readonly invitations: InvitationCounts;
  readonly activity: readonly ActivityRow[];
  /** A count above this says only that there are more. */
  readonly mostCounted: number;
}

const STEPS = {
  day: { step: 'hour', count: 24 },
  week: { step: 'day', count: 7 },
  month: { step: 'day', count: 30 },
} as const;

/** What needs a human, how far invitations are, and what has been going on. Held runs and failing providers have lists of their own. */
export async function readOverview(context: Pick<AppContext, 'store'>, span: Span): Promise<Overview> {
  const { read } = context.store;
  const [needs, invitations, activity] = await Promise.all([
    readNeeds(read),
    countInvitations(read),
    readActivity(read, STEPS[span]),
  ]);
  return { needs, invitations, activity, mostCounted: MOST_COUNTED };
}
