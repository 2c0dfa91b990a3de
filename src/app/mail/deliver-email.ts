import { randomInt } from 'node:crypto';
import { emailRetrySeconds, LOGIN_REFUSED_PAUSE_SECONDS } from '../../domain/mail/retry.ts';
import { endAttempt } from '../../store/mail/end-attempt.ts';
import { postponeKind } from '../../store/outbox/postpone-kind.ts';
import type { AppContext } from '../context.ts';
import { DONE, type EffectOutcome } from '../outbox/effect-outcome.ts';
import { prepareEmail, type PreparedEmail } from './prepare-email.ts';
import type { SendFailure, SendMail } from './send-mail.ts';
import { settleEmail, type EmailVerdict } from './settle-email.ts';

/**
 * Sends one e-mail, or finds that it is not wanted any more. At least once: after
 * a lost reply the same link goes out again under the same Message-ID. An e-mail
 * that has ended is not sent again.
 *
 * Rejects with the signal's reason when aborted; the e-mail stays queued then.
 */
export async function deliverEmail(
  context: AppContext,
  emailId: string,
  { send, signal }: { readonly send: SendMail; readonly signal: AbortSignal },
): Promise<EffectOutcome> {
  const prepared = await prepareEmail(context, emailId);
  if (prepared.kind === 'settled') return prepared.verdict === null ? DONE : outcomeOf(prepared.verdict);
  const sent = await send(prepared.mail, signal);
  if (sent.kind === 'sent') return await end(context, prepared, { state: 'sent', code: null, reason: null });
  return await afterFailure(context, prepared, sent);
}

type Attempt = Extract<PreparedEmail, { kind: 'ready' }>;

async function afterFailure(
  context: AppContext,
  attempt: Attempt,
  failure: SendFailure,
): Promise<EffectOutcome> {
  const { code } = failure;
  switch (failure.kind) {
    case 'permanent-recipient':
      return await end(context, attempt, { state: 'undeliverable', code, reason: REASONS[failure.kind] });
    case 'permanent':
      return await end(context, attempt, { state: 'failed', code, reason: REASONS[failure.kind] });
    case 'login-refused':
      return await pauseAll(context, attempt, failure);
    case 'temporary':
    case 'unknown':
      return await retry(context, attempt, failure);
  }
}

async function retry(context: AppContext, attempt: Attempt, failure: SendFailure): Promise<EffectOutcome> {
  const { code } = failure;
  const reason = REASONS[failure.kind];
  const afterSeconds = emailRetrySeconds(attempt.attempts, randomInt(2 ** 32) / 2 ** 32);
  if (afterSeconds === null)
    return await end(context, attempt, { state: 'failed', code, reason: `given up: ${reason}` });
  await endAttempt(context.store.read, {
    id: attempt.email.id,
    state: 'queued',
    errorCode: code,
    error: reason,
    countAttempt: true,
  });
  context.logger.info('an e-mail was not accepted and will be sent again', {
    email: attempt.email.id,
    code,
    afterSeconds,
    error: failure.cause,
  });
  return { kind: 'later', afterSeconds, code, reason };
}

async function pauseAll(context: AppContext, attempt: Attempt, failure: SendFailure): Promise<EffectOutcome> {
  const { code } = failure;
  const reason = REASONS[failure.kind];
  await context.store.transaction(async (tx) => {
    await endAttempt(tx, {
      id: attempt.email.id,
      state: 'queued',
      errorCode: code,
      error: reason,
      countAttempt: false,
    });
    await postponeKind(tx, 'email', LOGIN_REFUSED_PAUSE_SECONDS);
  });
  context.logger.error(
    'the SMTP server refuses our login: no e-mail is sent for five minutes; check SMTP_URL',
    {
      code,
      error: failure.cause,
    },
  );
  return { kind: 'handed-back', afterSeconds: LOGIN_REFUSED_PAUSE_SECONDS };
}

async function end(context: AppContext, attempt: Attempt, verdict: EmailVerdict): Promise<EffectOutcome> {
  await context.store.transaction((tx) => settleEmail(tx, attempt.email, verdict));
  return outcomeOf(verdict);
}

function outcomeOf({ state, code, reason }: EmailVerdict): EffectOutcome {
  if (state === 'sent') return DONE;
  const about = { code: code ?? 'EMAIL_FAILED', reason: reason ?? '' };
  return state === 'cancelled' ? { kind: 'cancelled', ...about } : { kind: 'failed', ...about };
}

const REASONS = {
  temporary: 'the SMTP server did not accept the mail for now',
  unknown: 'the connection to the SMTP server broke; the mail may have been accepted',
  'permanent-recipient': 'the address does not take mail',
  permanent: 'the SMTP server refuses the mail',
  'login-refused': 'the SMTP server refuses our login',
} as const satisfies Record<SendFailure['kind'], string>;
