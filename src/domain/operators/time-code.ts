import { Secret as OtpSecret, TOTP } from 'otpauth';
import type { Secret } from '../../../connectors/contract/secret.ts';

/** RFC 6238 with what every authenticator understands: SHA-1, six digits, 30 seconds. */
const PERIOD_SECONDS = 30;
const SETTINGS = { algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS } as const;
/** Clocks of telephones are seldom off by more than one step. */
const STEPS_OFF = 1;

function generator(secret: Secret, issuer: string, label: string): TOTP {
  return new TOTP({ ...SETTINGS, issuer, label, secret: OtpSecret.fromBase32(secret.reveal()) });
}

/**
 * The time step that a code belongs to; null when it is not right, or older or
 * newer than one step.
 *
 * @param secret in base 32.
 * @param now seconds since 1970.
 */
export function stepOfCode(secret: Secret, code: string, now: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const timestamp = now * 1_000;
  const delta = generator(secret, '', '').validate({ token: code, timestamp, window: STEPS_OFF });
  return delta === null ? null : Math.floor(now / PERIOD_SECONDS) + delta;
}

/** What an authenticator reads from a QR code. Holds the secret. */
export function authenticatorUri(secret: Secret, issuer: string, label: string): string {
  return generator(secret, issuer, label).toString();
}
