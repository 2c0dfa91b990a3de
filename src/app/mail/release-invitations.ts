import { findRegistrable, readRegistrable, type Registrable } from '../../store/mail/find-registrable.ts';
import { releaseEmails } from '../../store/mail/release-emails.ts';
import { spreadEffects } from '../../store/outbox/spread-effects.ts';
import { recordEvents } from '../../store/profiles/record-events.ts';
import type { AppContext } from '../context.ts';
import { noteMany } from '../profiles/note-many.ts';
import { idsOf, sortNamed, unregistrable, type ManyResult, type SkipReason } from '../profiles/sort-named.ts';
import type { MailRequest } from './resend-registration.ts';

/**
 * Sends invitations that were held back, all at once or at a rate. Who has been
 * disabled or has chosen a password meanwhile gets none. Audited when an operator asks.
 */
export async function releaseInvitations(
  context: Pick<AppContext, 'store' | 'keyring'>,
  request: MailRequest,
): Promise<ManyResult> {
  const { profileIds, cause, perHour, notBefore } = request;
  if (request.dryRun === true) {
    const found = await readRegistrable(context.store.read, profileIds);
    const { concerned, skipped } = sortNamed(profileIds, found, skipReason);
    return { done: idsOf(concerned), skipped, until: null };
  }
  return await context.store.transaction(async (tx) => {
    const found = await findRegistrable(tx, profileIds);
    const { concerned, skipped } = sortNamed(profileIds, found, skipReason);
    const subjectIds = concerned.map(({ heldEmailId }) => heldEmailId ?? '');
    await releaseEmails(tx, subjectIds);
    const plan = { subjectIds, perHour: perHour ?? null, notBefore: notBefore ?? null };
    const until = await spreadEffects(tx, 'email', plan);
    const done = idsOf(concerned);
    await recordEvents(
      tx,
      cause,
      done.map((profileId) => ({ profileId, kind: 'invitation-released', detail: {} })),
    );
    const result = { done, skipped, until };
    await noteMany(context, tx, { ...request, action: 'email.release', result });
    return result;
  });
}

function skipReason(person: Registrable): SkipReason | null {
  return person.heldEmailId === null ? 'not-held' : unregistrable(person);
}
