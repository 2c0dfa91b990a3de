import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';
import { crypt64 } from './crypt64.mjs';

/** `length` bytes of `block`, over and over. */
function repeat(block, length) {
  return Buffer.alloc(length, block);
}

function firstDigest(digest, password, salt) {
  const alternate = digest([password, salt, password]);
  const parts = [password, salt];
  parts.push(repeat(alternate, password.length));
  for (let bits = password.length; bits > 0; bits >>>= 1) parts.push(bits & 1 ? alternate : password);
  return digest(parts);
}

function stretch(digest, start, { p, s, rounds }) {
  let current = start;
  for (let i = 0; i < rounds; i += 1) {
    const parts = [i & 1 ? p : current];
    if (i % 3) parts.push(s);
    if (i % 7) parts.push(p);
    parts.push(i & 1 ? current : p);
    current = digest(parts);
  }
  return current;
}

/** The order in which the specification reads three bytes at a time: each index moves one on and one place round. */
const LAYOUTS = {
  sha256: { groups: 10, next: ([a, b, c]) => [c + 1, a + 1, b + 1], start: [0, 10, 20] },
  sha512: { groups: 21, next: ([a, b, c]) => [b + 1, c + 1, a + 1], start: [0, 21, 42] },
};

function print(algorithm, bytes) {
  const layout = LAYOUTS[algorithm];
  let text = '';
  let indexes = layout.start;
  for (let i = 0; i < layout.groups; i += 1) {
    text += crypt64(
      indexes.map((index) => bytes[index]),
      4,
    );
    indexes = layout.next(indexes);
  }
  return text + (algorithm === 'sha256' ? crypt64([bytes[31], bytes[30]], 3) : crypt64([bytes[63]], 2));
}

/**
 * crypt(3) with SHA-256 or SHA-512: the digest's text alone.
 *
 * Not the unixcrypt library: its 3.0.4 gives another hash than glibc for a
 * password whose length in bytes is a multiple of the digest's.
 */
export function shaCrypt({ algorithm, password, salt, rounds }) {
  const digest = (parts) => hash(algorithm, Buffer.concat(parts), 'buffer');
  const secret = Buffer.from(password);
  const seasoning = Buffer.from(salt);
  const start = firstDigest(digest, secret, seasoning);
  const p = repeat(digest(Array(secret.length).fill(secret)), secret.length);
  const s = repeat(digest(Array(16 + start[0]).fill(seasoning)), seasoning.length);
  return print(algorithm, stretch(digest, start, { p, s, rounds }));
}
