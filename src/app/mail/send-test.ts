import { AppError } from '../../kernel/errors.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { findOperatorById } from '../../store/operators/operators.ts';
import type { AppContext } from '../context.ts';
import type { Caller } from '../operators/caller.ts';
import type { MailDesk } from './mail-desk.ts';
import { findTemplate, sampleMail, type WhichTemplate } from './preview-template.ts';

/**
 * Sends a template, filled with an invented person, to the address of the operator
 * who asks, and to nobody else. At once, and not by the queue: what the mail server
 * says comes back.
 *
 * @returns the address.
 * @throws AppError `OPERATOR_EMAIL_MISSING`, `TEMPLATE_NOT_FOUND`, `TEMPLATE_BROKEN`, or
 *   `TEST_MAIL_REFUSED` with the code of what the mail server answered.
 */
export async function sendTest(
  context: Pick<AppContext, 'store' | 'keyring' | 'settings'>,
  desk: MailDesk,
  request: {
    readonly which: WhichTemplate;
    readonly caller: Extract<Caller, { kind: 'session' }>;
    readonly signal: AbortSignal;
  },
): Promise<{ readonly to: string }> {
  const { which, caller, signal } = request;
  const to = (await findOperatorById(context.store.read, caller.operatorId))?.email ?? null;
  if (to === null) throw addressMissing();
  const template = await findTemplate(desk, which);
  const mail = sampleMail(context, template, { to, name: caller.name, username: caller.name });
  // Rendered once before, so that a broken template is not taken for a broken server.
  await desk.render(mail);
  const outcome = await desk.send(mail, signal);
  await context.store.transaction(async (tx) => {
    const detail = { language: which.language, outcome: outcome.kind };
    const entry = { actor: caller.name, action: 'email.test', subject: which.kind, detail };
    await appendAudit(tx, context.keyring, entry);
  });
  if (outcome.kind !== 'sent') throw refused(outcome.code);
  return { to };
}

function addressMissing(): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'OPERATOR_EMAIL_MISSING',
    message: 'You have no e-mail address to send a test to.',
    remedy: 'Enter it under Your account; tests go to your own address and to no other.',
  });
}

function refused(code: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'TEST_MAIL_REFUSED',
    message: `The mail server did not take the test: ${code}.`,
    remedy: 'Look at what the code says in the list of codes, and at SMTP_URL and TRIBUTARY_MAIL_FROM.',
  });
}
