import type { Cause } from '../../domain/cause.ts';
import { findRegistrable, readRegistrable, type Registrable } from '../../store/mail/find-registrable.ts';
import { holdEmails } from '../../store/mail/hold-emails.ts';
import { recordEvents } from '../../store/profiles/record-events.ts';
import type { AppContext } from '../context.ts';
import { noteMany } from '../profiles/note-many.ts';
import { idsOf, sortNamed, type ManyResult, type SkipReason } from '../profiles/sort-named.ts';

export interface HoldRequest {
  readonly profileIds: readonly string[];
  readonly cause: Cause;
  /** Tells what would be done, and does nothing. */
  readonly dryRun?: boolean | undefined;
}

/**
 * Holds back the registration e-mails of people whose e-mail has not gone out yet,
 * until they are released. What was sent before stays good. Audited when an operator asks.
 */
export async function holdInvitations(
  context: Pick<AppContext, 'store' | 'keyring'>,
  request: HoldRequest,
): Promise<ManyResult> {
  const { profileIds, cause } = request;
  if (request.dryRun === true) {
    const found = await readRegistrable(context.store.read, profileIds);
    const { concerned, skipped } = sortNamed(profileIds, found, skipReason);
    return { done: idsOf(concerned), skipped, until: null };
  }
  return await context.store.transaction(async (tx) => {
    const found = await findRegistrable(tx, profileIds);
    const queued = sortNamed(profileIds, found, skipReason).concerned;
    const held = new Set(await holdEmails(tx, queuedOf(queued)));
    const judge = (person: Registrable): SkipReason | null =>
      skipReason(person) ?? (held.has(person.queuedEmailId ?? '') ? null : 'under-way');
    const { concerned, skipped } = sortNamed(profileIds, found, judge);
    const done = idsOf(concerned);
    await recordEvents(
      tx,
      cause,
      done.map((profileId) => ({ profileId, kind: 'invitation-held', detail: {} })),
    );
    const result = { done, skipped, until: null };
    await noteMany(context, tx, { ...request, action: 'email.hold', result });
    return result;
  });
}

function skipReason({ queuedEmailId, heldEmailId }: Registrable): SkipReason | null {
  if (queuedEmailId !== null) return null;
  return heldEmailId === null ? 'not-queued' : 'as-asked';
}

function queuedOf(people: readonly Registrable[]): readonly string[] {
  return people.map(({ queuedEmailId }) => queuedEmailId).filter((id): id is string => id !== null);
}
