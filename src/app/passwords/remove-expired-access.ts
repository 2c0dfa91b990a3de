import { removeExpired } from '../../store/passwords/remove-expired.ts';
import type { AppContext } from '../context.ts';

/** Clears sessions, links and counters that are over; for a timer, once an hour is plenty. Nothing depends on it. */
export async function removeExpiredAccess(context: Pick<AppContext, 'store'>): Promise<void> {
  await context.store.transaction(removeExpired);
}
