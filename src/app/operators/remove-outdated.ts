import { removeExpiredOperatorAccess } from '../../store/operators/operator-sessions.ts';
import { foldCounts } from '../../store/providers/fold-counts.ts';
import { deleteSettled } from '../../store/outbox/delete-settled.ts';
import { forgetHashes } from '../../store/passwords/forget-hashes.ts';
import { removeExpired, removeExpiredTokens } from '../../store/passwords/remove-expired.ts';
import { forgetPosts } from '../../store/push/remember-post.ts';
import { deleteOldPlans, deleteOldStretches } from '../../store/runs/delete-old-plans.ts';
import type { AppContext } from '../context.ts';

const BATCH = 5_000;
const OUTBOX_DAYS = 7;
const PLAN_DAYS = 30;
const STRETCH_DAYS = 7;
const HASH_DAYS = 30;

/** Removes what nobody needs any more: expired sessions and tokens, old plans, settled outbox rows, hashes of old write-backs. */
export async function removeOutdated(context: Pick<AppContext, 'store'>): Promise<void> {
  const tx = context.store.read;
  await removeExpired(tx);
  await removeExpiredOperatorAccess(tx);
  await forgetHashes(tx, HASH_DAYS);
  await forgetPosts(tx);
  await foldCounts(tx);
  await untilFewer(() => removeExpiredTokens(tx, BATCH));
  await untilFewer(() => deleteSettled(tx, OUTBOX_DAYS, BATCH));
  await untilFewer(() => deleteOldPlans(tx, PLAN_DAYS, BATCH));
  await untilFewer(() => deleteOldStretches(tx, STRETCH_DAYS, BATCH));
}

async function untilFewer(deleteBatch: () => Promise<number>): Promise<void> {
  while ((await deleteBatch()) >= BATCH);
}
