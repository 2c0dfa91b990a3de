import { resendRegistration } from '../../app/mail/resend-registration.ts';
import { findProfile } from '../../app/profiles/find-profile.ts';
import { argument, type ExitCode, type Session, type Typed } from '../command.ts';

const REASONS: Readonly<Record<string, string>> = {
  queued: 'gets the e-mail that is on its way already; it goes out now',
  'not-pre-registered': 'is not pre-registered: set preRegistration=true first',
  disabled: 'is disabled',
  'no-email': 'has no e-mail address',
  'not-found': 'is gone',
};

/** @returns 1 when no link will be sent. */
export async function resend(session: Session, typed: Typed): Promise<ExitCode> {
  const { output, actor } = session;
  return await session.withContext(async (context) => {
    const { id, username } = await findProfile(context, argument(typed, 0));
    const cause = { kind: 'operator', name: actor } as const;
    const result = await resendRegistration(context, { profileIds: [id], cause, heldToo: true });
    const reason = result.skipped[0]?.reason;
    output.result({ requested: result.done, skipped: result.skipped }, () =>
      reason === undefined ? `${username} gets a new link` : `${username} ${REASONS[reason] ?? reason}`,
    );
    return reason === undefined || reason === 'queued' ? 0 : 1;
  });
}
