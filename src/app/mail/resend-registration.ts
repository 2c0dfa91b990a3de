import type { Cause } from '../../domain/cause.ts';
import { findRegistrable, readRegistrable, type Registrable } from '../../store/mail/find-registrable.ts';
import { releaseEmails } from '../../store/mail/release-emails.ts';
import { requestEmails } from '../../store/mail/request-emails.ts';
import { hastenEffects } from '../../store/outbox/hasten-effects.ts';
import { spreadEffects } from '../../store/outbox/spread-effects.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import { noteMany } from '../profiles/note-many.ts';
import { idsOf, sortNamed, unregistrable, type ManyResult, type SkipReason } from '../profiles/sort-named.ts';

export interface MailRequest {
  readonly profileIds: readonly string[];
  readonly cause: Cause;
  /** At most so many e-mails an hour; absent for all at once. */
  readonly perHour?: number | undefined;
  /** When the first one goes out; absent: now. */
  readonly notBefore?: Date | undefined;
  /** Tells what would be done, and does nothing. */
  readonly dryRun?: boolean | undefined;
}

export interface ResendRequest extends MailRequest {
  /** Invitations that are held back go out too, because somebody asks for just this person. Otherwise they are left alone. */
  readonly heldToo?: boolean | undefined;
}

/**
 * Sends people who wait for their first password a new link. Older links go on
 * working until the password is set. Asking twice sends one e-mail as long as the
 * first has not gone out. Audited when an operator asks.
 */
export async function resendRegistration(
  context: Pick<AppContext, 'store' | 'keyring'>,
  request: ResendRequest,
): Promise<ManyResult> {
  const judge = (person: Registrable): SkipReason | null => skipReason(person, request.heldToo === true);
  if (request.dryRun === true) {
    const found = await readRegistrable(context.store.read, request.profileIds);
    const { concerned, skipped } = sortNamed(request.profileIds, found, judge);
    return { done: idsOf(concerned), skipped, until: null };
  }
  return await context.store.transaction(async (tx) => {
    const found = await findRegistrable(tx, request.profileIds);
    const { concerned, skipped } = sortNamed(request.profileIds, found, judge);
    const until = await send(tx, concerned, request);
    if (request.perHour === undefined) await hastenEffects(tx, 'email', waiting(found));
    const result = { done: idsOf(concerned), skipped, until };
    await noteMany(context, tx, { ...request, action: 'email.resend', result });
    return result;
  });
}

async function send(
  tx: Transaction,
  people: readonly Registrable[],
  { cause, perHour, notBefore }: MailRequest,
): Promise<Date | null> {
  const held = await releaseEmails(tx, heldOf(people));
  const profileIds = idsOf(people.filter(({ heldEmailId }) => heldEmailId === null));
  const asked = await requestEmails(tx, 'registration', { profileIds, cause });
  const subjectIds = [...held, ...asked];
  return await spreadEffects(tx, 'email', {
    subjectIds,
    perHour: perHour ?? null,
    notBefore: notBefore ?? null,
  });
}

function skipReason(person: Registrable, heldToo: boolean): SkipReason | null {
  const reason = unregistrable(person);
  if (reason !== null) return reason;
  if (person.queuedEmailId !== null) return 'queued';
  return person.heldEmailId !== null && !heldToo ? 'held' : null;
}

function waiting(people: readonly Registrable[]): readonly string[] {
  return people.map((person) => person.queuedEmailId).filter((id): id is string => id !== null);
}

function heldOf(people: readonly Registrable[]): readonly string[] {
  return people.map((person) => person.heldEmailId).filter((id): id is string => id !== null);
}
