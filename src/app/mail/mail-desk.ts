import type { EmailKind } from '../../store/entities/effects.ts';
import type { OutgoingMail, SendMail } from './send-mail.ts';

/** The words of one e-mail in one language. */
export interface MailTemplate {
  readonly kind: EmailKind;
  /** BCP 47. */
  readonly language: string;
  /** `own`: at least one of its files comes from the installation's folder of templates. */
  readonly origin: 'built-in' | 'own';
}

/** One e-mail as it would be read. */
export interface RenderedMail {
  /** The language it is written in. */
  readonly language: string;
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Where e-mails are written and handed over, besides the queue. */
export interface MailDesk {
  /** Every e-mail in every language there is. */
  readonly templates: () => Promise<readonly MailTemplate[]>;
  /** Rejects with AppError `TEMPLATE_BROKEN` when a template does not render. */
  readonly render: (mail: OutgoingMail) => Promise<RenderedMail>;
  readonly send: SendMail;
}
