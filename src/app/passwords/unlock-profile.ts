import { appendAudit } from '../../store/operators/append-audit.ts';
import { readAttempts, type Attempts } from '../../store/passwords/read-attempts.ts';
import { forgiveAttempts } from '../../store/passwords/forgive-attempts.ts';
import { recordEvents } from '../../store/profiles/record-events.ts';
import type { AppContext } from '../context.ts';
import { findProfile } from '../profiles/find-profile.ts';
import { accountCounter, emailCounter } from './counters.ts';

export interface Unlocked {
  readonly profileId: string;
  readonly username: string;
  /** How things stood before. */
  readonly before: Attempts;
}

/**
 * Lets somebody try to sign in, and ask for links, at once again: the failures of
 * the account are forgotten. Those of an address are not: it may be an attacker's.
 *
 * @throws as {@link findProfile}.
 */
export async function unlockProfile(context: AppContext, who: string, actor: string): Promise<Unlocked> {
  const { id, username } = await findProfile(context, who);
  return await context.store.transaction(async (tx) => {
    const before = await readAttempts(tx, accountCounter(id));
    await forgiveAttempts(tx, { reset: [accountCounter(id), emailCounter(id)] });
    const cause = { kind: 'operator', name: actor } as const;
    const detail = { failures: before.failures };
    await recordEvents(tx, cause, [{ profileId: id, kind: 'unlocked', detail }]);
    await appendAudit(tx, context.keyring, { actor, action: 'profile.unlock', subject: id, detail });
    return { profileId: id, username, before };
  });
}
