import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';
import { crypt64 } from './crypt64.mjs';

/** phpass with MD5, and Drupal's with SHA-512: the digest's text alone. */
export function portableHash({ algorithm, password, salt, rounds }) {
  const secret = Buffer.from(password);
  let current = hash(algorithm, Buffer.concat([Buffer.from(salt), secret]), 'buffer');
  for (let i = 0; i < rounds; i += 1) current = hash(algorithm, Buffer.concat([current, secret]), 'buffer');
  let text = '';
  for (let i = 0; i < current.length; i += 3) {
    const group = [...current.subarray(i, i + 3)].reverse();
    text += crypt64(group, group.length + 1);
  }
  return text;
}
