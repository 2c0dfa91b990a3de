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
  const { output } = session;
  const who = argument(typed, 0);
  return await session.withInstallation(async ({ profiles }) => {
    const result = await profiles.resend(who);
    const reason = result.skipped[0]?.reason;
    output.result(result, () =>
      reason === undefined ? `${who} gets a new link` : `${who} ${REASONS[reason] ?? reason}`,
    );
    return reason === undefined || reason === 'queued' ? 0 : 1;
  });
}
