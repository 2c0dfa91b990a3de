import { appendAudit } from '../../store/operators/append-audit.ts';
import { wasNoted } from '../../store/operators/read-audit.ts';
import type { AppContext } from '../context.ts';
import { actorOf, type Caller } from '../operators/caller.ts';
import { showProfile, type ShownProfile } from './show-profile.ts';

/** Looking again within this time is the same look: a page that is kept up to date asks every few seconds. */
const SAME_LOOK_MINUTES = 15;

/**
 * As {@link showProfile}; that support staff opened somebody is logged, because it shows them an address. Once for as
 * long as they stay with the person.
 */
export async function openProfile(
  context: AppContext,
  request: { readonly who: string; readonly caller: Caller },
): Promise<ShownProfile> {
  const { who, caller } = request;
  const profile = await showProfile(context, who);
  if (caller.role !== 'support') return profile;
  const entry = { actor: actorOf(caller), action: 'profile.open', subject: profile.id };
  if (await wasNoted(context.store.read, entry, SAME_LOOK_MINUTES)) return profile;
  await context.store.transaction(async (tx) => {
    await appendAudit(tx, context.keyring, { ...entry, detail: {} });
  });
  return profile;
}
