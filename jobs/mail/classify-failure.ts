import type { NodemailerError } from 'nodemailer';
import type { SendFailure } from '../../src/app/mail/send-mail.ts';

/** Nothing was handed over: the server never greeted us, or could not be found. */
const NEVER_CONNECTED = new Set([
  'CONNECT_TIMEOUT',
  'GREETING_TIMEOUT',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
]);

/** 535 wrong login, 530 login wanted, 534 too weak, 538 encryption wanted: nobody gets through before an operator acts. */
const LOGIN_CODES = new Set([530, 534, 535, 538]);
const LOGIN_ERRORS = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2']);

/** The message itself cannot be made or sent as it is, whatever the server. */
const OWN_FAULTS = new Set(['ECONFIG', 'EFILEACCESS', 'EURLACCESS', 'EMAXRECIPIENTS', 'EREQUIRETLS']);

/** 503 says that the session was in the wrong state, not that the mail was refused. */
const BAD_SEQUENCE = 503;

type Facts = Pick<
  NodemailerError,
  'code' | 'command' | 'responseCode' | 'originalCode' | 'timeoutType' | 'response'
>;

/** What a failure to send means, by its code, command and reply code, never by its text. */
export function classifyFailure(error: Facts): SendFailure {
  const { responseCode } = error;
  if (isLoginFailure(error)) return failure('login-refused', error);
  if (responseCode === undefined || responseCode === 0) return withoutReply(error);
  if (responseCode < 500 || responseCode === BAD_SEQUENCE) return failure('temporary', error);
  if (isMailboxFull(error)) return failure('temporary', error);
  return failure(refusesRecipient(error) ? 'permanent-recipient' : 'permanent', error);
}

function isLoginFailure({ code, responseCode }: Facts): boolean {
  // A 4xx during login (454) is the server's passing trouble and not a wrong password.
  if (responseCode !== undefined && responseCode >= 400 && responseCode < 500) return false;
  return (
    (code !== undefined && LOGIN_ERRORS.has(code)) ||
    (responseCode !== undefined && LOGIN_CODES.has(responseCode))
  );
}

function withoutReply(error: Facts): SendFailure {
  if (error.code !== undefined && OWN_FAULTS.has(error.code)) return failure('permanent', error);
  // An address nodemailer will not put into an envelope: no server was asked.
  if (error.code === 'EENVELOPE') return failure('permanent-recipient', error);
  const reasons = [error.originalCode, error.timeoutType].filter((reason) => reason !== undefined);
  const never =
    error.code === 'EDNS' || error.code === 'ETLS' || reasons.some((reason) => NEVER_CONNECTED.has(reason));
  return failure(never ? 'temporary' : 'unknown', error);
}

function refusesRecipient({ code, command }: Facts): boolean {
  return code === 'EENVELOPE' && command === 'RCPT TO';
}

/** 552 5.2.2 is a full mailbox, which may be emptied; 552 alone is a mail that is too large. */
function isMailboxFull({ responseCode, response }: Facts): boolean {
  return responseCode === 552 && response !== undefined && /^552[ -]5\.2\.2\b/.test(response);
}

function failure(kind: SendFailure['kind'], error: Facts): SendFailure {
  return { kind, code: codeOf(error), cause: error };
}

/** `SMTP_550`, `SMTP_ETIMEDOUT`: safe to store and to show. */
function codeOf({ responseCode, code }: Facts): string {
  if (responseCode !== undefined && responseCode > 0) return `SMTP_${responseCode}`;
  return `SMTP_${code ?? 'FAILED'}`;
}
