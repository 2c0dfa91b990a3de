import { deleteGone } from '../../store/profiles/delete-gone.ts';
import type { AppContext } from '../context.ts';

/** Until then a record that returns brings its profile back as it was. */
const PURGE_AFTER_DAYS = 30;

const BATCH = 500;

/** Purges profiles whose record has been gone for 30 days. Batch by batch; may be stopped anywhere. @returns how many. */
export async function purgeGoneProfiles(context: Pick<AppContext, 'store'>): Promise<number> {
  let purged = 0;
  for (;;) {
    const batch = await deleteGone(context.store.read, { days: PURGE_AFTER_DAYS, limit: BATCH });
    purged += batch;
    if (batch < BATCH) return purged;
  }
}
