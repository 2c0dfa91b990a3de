import { appendAudit } from '../../store/operators/append-audit.ts';
import type { AppContext } from '../context.ts';
import { actorOf, type Caller } from '../operators/caller.ts';
import { showProfile, type ShownProfile } from './show-profile.ts';

/** As {@link showProfile}; that support staff opened somebody is logged, because it shows them an address. */
export async function openProfile(
  context: AppContext,
  request: { readonly who: string; readonly caller: Caller },
): Promise<ShownProfile> {
  const { who, caller } = request;
  const profile = await showProfile(context, who);
  if (caller.role !== 'support') return profile;
  const actor = actorOf(caller);
  await context.store.transaction(async (tx) => {
    await appendAudit(tx, context.keyring, {
      actor,
      action: 'profile.open',
      subject: profile.id,
      detail: {},
    });
  });
  return profile;
}
