import type { Cause } from '../../domain/cause.ts';
import { findRegistrable, type Registrable } from '../../store/mail/find-registrable.ts';
import { requestEmails } from '../../store/mail/request-emails.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { hastenEffects } from '../../store/outbox/hasten-effects.ts';
import { spreadEffects } from '../../store/outbox/spread-effects.ts';
import type { AppContext } from '../context.ts';

export interface ResendRequest {
  readonly profileIds: readonly string[];
  readonly cause: Cause;
  /** At most so many e-mails an hour; absent for all at once. */
  readonly perHour?: number | undefined;
}

export interface ResendResult {
  /** The profiles that get a new link. */
  readonly requested: readonly string[];
  readonly skipped: readonly { readonly profileId: string; readonly reason: SkipReason }[];
}

/** `queued`: an e-mail is on its way already; it goes out now instead of at its next attempt. */
export type SkipReason = 'queued' | 'not-pre-registered' | 'disabled' | 'no-email' | 'not-found';

/**
 * Sends people who wait for their first password a new link. Older links go on
 * working until the password is set. Asking twice sends one e-mail as long as the
 * first has not gone out. Audited when an operator asks.
 */
export async function resendRegistration(
  context: Pick<AppContext, 'store' | 'keyring'>,
  request: ResendRequest,
): Promise<ResendResult> {
  return await context.store.transaction(async (tx) => {
    const people = new Map(
      (await findRegistrable(tx, request.profileIds)).map((person) => [person.profileId, person]),
    );
    const decided = [...new Set(request.profileIds)].map((profileId) => ({
      profileId,
      reason: skipReason(people.get(profileId)),
    }));
    const requested = decided.filter(({ reason }) => reason === null).map(({ profileId }) => profileId);
    const skipped = decided.flatMap(({ profileId, reason }) =>
      reason === null ? [] : [{ profileId, reason }],
    );
    const emails = await requestEmails(tx, 'registration', { profileIds: requested, cause: request.cause });
    if (request.perHour !== undefined)
      await spreadEffects(tx, 'email', { subjectIds: emails, perHour: request.perHour });
    else await hastenEffects(tx, 'email', waiting([...people.values()]));
    if (request.cause.kind === 'operator') {
      const subject = request.profileIds.length === 1 ? (request.profileIds[0] ?? '') : 'several';
      const detail = { requested: requested.length, skipped: skipped.length };
      await appendAudit(tx, context.keyring, {
        actor: request.cause.name,
        action: 'email.resend',
        subject,
        detail,
      });
    }
    return { requested, skipped };
  });
}

function skipReason(person: Registrable | undefined): SkipReason | null {
  if (person === undefined) return 'not-found';
  if (!person.enabled) return 'disabled';
  if (!person.preRegistration) return 'not-pre-registered';
  if (person.email === null) return 'no-email';
  return person.queuedEmailId === null ? null : 'queued';
}

function waiting(people: readonly Registrable[]): readonly string[] {
  return people.map((person) => person.queuedEmailId).filter((id): id is string => id !== null);
}
