import { expect, it } from '@jest/globals';
import { classifyFailure } from '../../../../jobs/mail/classify-failure.ts';

it.each([
  [{ code: 'EPROTOCOL', responseCode: 421, command: 'CONN' }, 'temporary', 'SMTP_421'],
  [{ code: 'EENVELOPE', responseCode: 450, command: 'RCPT TO' }, 'temporary', 'SMTP_450'],
  [{ code: 'EMESSAGE', responseCode: 452, command: 'DATA' }, 'temporary', 'SMTP_452'],
  [{ code: 'EMESSAGE', responseCode: 503, command: 'DATA' }, 'temporary', 'SMTP_503'],
  [{ code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }, 'permanent-recipient', 'SMTP_550'],
  [{ code: 'EENVELOPE', responseCode: 553, command: 'RCPT TO' }, 'permanent-recipient', 'SMTP_553'],
  [{ code: 'EENVELOPE', responseCode: 550, command: 'MAIL FROM' }, 'permanent', 'SMTP_550'],
  [
    { code: 'EMESSAGE', responseCode: 552, command: 'DATA', response: '552 5.3.4 too big' },
    'permanent',
    'SMTP_552',
  ],
  [
    { code: 'EMESSAGE', responseCode: 552, command: 'DATA', response: '552 5.2.2 full' },
    'temporary',
    'SMTP_552',
  ],
  [{ code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' }, 'login-refused', 'SMTP_535'],
  [{ code: 'EENVELOPE', responseCode: 530, command: 'MAIL FROM' }, 'login-refused', 'SMTP_530'],
  [{ code: 'EAUTH', responseCode: 454, command: 'AUTH PLAIN' }, 'temporary', 'SMTP_454'],
  [{ code: 'ECONNECTION', command: 'CONN' }, 'unknown', 'SMTP_ECONNECTION'],
  [{ code: 'ETIMEDOUT', command: 'CONN', timeoutType: 'SOCKET_TIMEOUT' }, 'unknown', 'SMTP_ETIMEDOUT'],
  [{ code: 'ETIMEDOUT', command: 'CONN', timeoutType: 'GREETING_TIMEOUT' }, 'temporary', 'SMTP_ETIMEDOUT'],
  [{ code: 'ESOCKET', command: 'CONN', originalCode: 'ECONNREFUSED' }, 'temporary', 'SMTP_ESOCKET'],
  [{ code: 'EDNS', command: 'CONN' }, 'temporary', 'SMTP_EDNS'],
  [{ code: 'EENVELOPE' }, 'permanent-recipient', 'SMTP_EENVELOPE'],
  [{}, 'unknown', 'SMTP_FAILED'],
] as const)('%j is %s', (error, kind, code) => {
  expect(classifyFailure(error)).toMatchObject({ kind, code });
});
