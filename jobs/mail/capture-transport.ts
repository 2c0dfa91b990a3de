import { storeCaptured, type CapturedMail } from '../../src/app/mail/captured-mailbox.ts';
import type { MailTransport, Message } from './message.ts';

/** Keeps mail in a folder. The same mail again changes nothing, as with a recipient who has it already. */
export function captureTransport(directory: string): MailTransport {
  return {
    deliver: async (message) => await storeCaptured(directory, captured(message)),
    close: () => undefined,
  };
}

function captured(message: Message): CapturedMail {
  const { id, from, to, subject, text, html, headers, messageId } = message;
  return {
    id,
    at: new Date().toISOString(),
    to: to.address,
    from: `${from.name} <${from.address}>`,
    subject,
    text,
    html,
    headers: { 'Message-ID': messageId, ...headers },
  };
}
