import { randomInt } from 'node:crypto';

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Random letters and digits, 5.95 bits each, for formats whose salt is text. */
export function saltText(length: number): string {
  return Array.from({ length }, () => ALPHANUMERIC.charAt(randomInt(ALPHANUMERIC.length))).join('');
}

/** Base 64 without padding, as in PHC strings. */
export function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

/** passlib's base 64: without padding, and a dot for the plus. */
export function toPasslib64(bytes: Buffer): string {
  return unpadded(bytes).replaceAll('+', '.');
}

export function fromPasslib64(text: string): Buffer {
  return Buffer.from(text.replaceAll('.', '+'), 'base64');
}
