import { createTransport, type NodemailerError } from 'nodemailer';
import type { Secret } from '../../connectors/contract/secret.ts';
import type { Logger } from '../../connectors/contract/tools.ts';
import type { MailDesk } from '../../src/app/mail/mail-desk.ts';
import type { OutgoingMail, SendOutcome } from '../../src/app/mail/send-mail.ts';
import { isEmail } from '../../src/domain/profiles/identifiers.ts';
import { AppError } from '../../src/kernel/errors.ts';
import { captureTransport } from './capture-transport.ts';
import { classifyFailure } from './classify-failure.ts';
import type { Mailbox, MailTransport, Message } from './message.ts';
import { MailRenderer } from './render-mail.ts';

export interface MailerOptions {
  /** `smtp://user:password@host:port` or `smtps://…`. Null: mail is kept in a folder instead of being sent. */
  readonly smtpUrl: Secret | null;
  /** Where mail is kept without an SMTP server; made when it does not exist. */
  readonly capturedDirectory: string;
  /** `local@host` or `Name <local@host>`; without a name, the product's. */
  readonly from: string;
  readonly productName: string;
  readonly publicUrl: string;
  /** See RenderOptions. */
  readonly templatesDirectory: string | null;
  readonly accentColour?: string | null;
  readonly logger: Logger;
}

/** Disposing closes the connections; mails under way are finished. */
export interface Mailer extends AsyncDisposable, MailDesk {}

/** Renders e-mails and hands them to the SMTP server, or keeps them where there is none. */
export function openMailer(options: MailerOptions): Mailer {
  const renderer = new MailRenderer(options);
  const transport =
    options.smtpUrl === null
      ? captureTransport(options.capturedDirectory)
      : smtpTransport(options.smtpUrl, options.logger);
  return {
    templates: async () => await Promise.resolve(renderer.templates()),
    render: async (mail) => {
      try {
        return await renderer.render(mail);
      } catch (cause) {
        throw templateBroken(mail, cause);
      }
    },
    send: async (mail, signal) => await send({ options, renderer, transport }, mail, signal),
    [Symbol.asyncDispose]: () => {
      transport.close();
      return Promise.resolve();
    },
  };
}

/** Templates are written by administrators, and what Liquid says of them is theirs to read: the place, and what it cannot make of it. */
function templateBroken({ kind, locale }: OutgoingMail, cause: unknown): AppError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AppError({
    kind: 'conflict',
    code: 'TEMPLATE_BROKEN',
    message: `The template ${kind} in ${locale ?? 'the default language'} does not render: ${why}`,
    remedy: 'Mend the file in TRIBUTARY_TEMPLATES_DIR, and start again: templates are read once.',
    cause,
  });
}

interface Parts {
  readonly options: MailerOptions;
  readonly renderer: MailRenderer;
  readonly transport: MailTransport;
}

async function send(parts: Parts, mail: OutgoingMail, signal: AbortSignal): Promise<SendOutcome> {
  // Nodemailer turns lists, line feeds and commas into more recipients: one address in, one address out.
  if (!isEmail(mail.to)) return { kind: 'permanent-recipient', code: 'ADDRESS_INVALID' };
  signal.throwIfAborted();
  const message = await compose(parts, mail);
  try {
    await parts.transport.deliver(message, signal);
    return { kind: 'sent' };
  } catch (error) {
    signal.throwIfAborted();
    return classifyFailure(error as NodemailerError);
  }
}

async function compose({ options, renderer }: Parts, mail: OutgoingMail): Promise<Message> {
  const { subject, text, html, language } = await renderer.render(mail);
  const host = new URL(options.publicUrl).hostname;
  return {
    id: mail.id,
    messageId: `<${mail.id}@${host}>`,
    from: senderOf(options),
    to: { name: '', address: mail.to },
    subject,
    text,
    html,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
  };
}

function senderOf({ from, productName }: MailerOptions): Mailbox {
  const [, name, address] = /^(.+?) *<([^<>]+)>$/.exec(from) ?? [];
  return { name: name ?? productName, address: address ?? from };
}

/** All well under the 30 s of a lease; nodemailer's own are 2 min, 30 s and 10 min. */
const TIMEOUTS = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 30_000,
  dnsTimeout: 10_000,
};

const CONNECTIONS = 5;

function smtpTransport(url: Secret, logger: Logger): MailTransport {
  const transporter = createTransport({
    pool: true,
    url: url.reveal(),
    requireTLS: needsTls(new URL(url.reveal())),
    ...TIMEOUTS,
    maxConnections: CONNECTIONS,
    // Retries are decided by the store, which remembers them.
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  transporter.on('error', (error: Error) => logger.warn('an idle SMTP connection broke', { error }));
  return {
    deliver: async ({ id: _, ...message }, signal) => {
      const envelope = { from: message.from.address, to: [message.to.address] };
      await transporter.sendMail({ ...message, headers: { ...message.headers }, envelope, signal });
    },
    close: () => transporter.close(),
  };
}

/** A login is not sent in the clear over a network: without STARTTLS there is no mail. */
function needsTls({ username, hostname }: URL): boolean {
  return username !== '' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
