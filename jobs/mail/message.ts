export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** One complete message to one recipient. */
export interface Message {
  readonly id: string;
  readonly messageId: string;
  readonly from: Mailbox;
  readonly to: Mailbox;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What hands over one message; rejects with nodemailer's error. */
export interface MailTransport {
  readonly deliver: (message: Message, signal: AbortSignal) => Promise<void>;
  readonly close: () => void;
}
