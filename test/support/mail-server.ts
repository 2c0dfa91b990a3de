import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** What the server does with the next mail: a reply code at a stage, or breaking the connection after it took the mail. */
export type Misbehaviour =
  | {
      readonly at: 'connect' | 'login' | 'recipient' | 'data';
      readonly reply: number;
      readonly text?: string;
    }
  | { readonly at: 'after-data' };

export interface ReceivedMail {
  readonly to: readonly string[];
  readonly messageId: string;
  readonly mail: ParsedMail;
  /** The address in it that carries a token; empty when there is none. */
  readonly link: string;
}

export interface MailServer extends AsyncDisposable {
  readonly url: string;
  /** Everything the server took, also what its client believes lost. */
  readonly received: ReceivedMail[];
  /** Used up one a mail; when there is none left, mail is accepted. */
  readonly script: Misbehaviour[];
}

/** A real SMTP server that does as it is told. */
export async function startMailServer({ login = false } = {}): Promise<MailServer> {
  const script: Misbehaviour[] = [];
  const received: ReceivedMail[] = [];
  const refusal = (at: Misbehaviour['at']): Error | null => {
    const next = script[0];
    if (next?.at !== at || next.at === 'after-data') return null;
    script.shift();
    return Object.assign(new Error(next.text ?? 'refused'), { responseCode: next.reply });
  };
  const options: SMTPServerOptions = {
    authOptional: !login,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    closeTimeout: 200,
    onConnect: (_session, done) => done(refusal('connect')),
    onAuth: (_auth, _session, done) => done(refusal('login'), { user: 'tributary' }),
    onRcptTo: (_address, _session, done) => done(refusal('recipient')),
    onData: (stream, session, done) => {
      const take = (mail: ParsedMail): void => {
        const failure = refusal('data');
        if (failure !== null) {
          done(failure);
          return;
        }
        received.push(describe(mail, session.envelope.rcptTo));
        if (script[0]?.at !== 'after-data') {
          done();
          return;
        }
        script.shift();
        for (const connection of server.connections)
          if (connection.id === session.id) connection._socket.destroy();
      };
      // A client that is killed in the middle of a mail has not sent one.
      void simpleParser(stream).then(take, () => undefined);
    },
  };
  const server: SMTPServer = new SMTPServer(options);
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://${login ? 'tributary:wrong@' : ''}127.0.0.1:${String(port)}`,
    received,
    script,
    [Symbol.asyncDispose]: async () => {
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

function describe(mail: ParsedMail, to: readonly { readonly address: string }[]): ReceivedMail {
  const link = /https?:\S+token=\S+/.exec(mail.text ?? '')?.[0] ?? '';
  return { to: to.map(({ address }) => address), messageId: mail.messageId ?? '', mail, link };
}
