import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';
import { crypt64 } from './crypt64.mjs';

const ROUNDS = 1000;
const GROUPS = [
  [0, 6, 12],
  [1, 7, 13],
  [2, 8, 14],
  [3, 9, 15],
  [4, 10, 5],
];

const md5 = (parts) => hash('md5', Buffer.concat(parts), 'buffer');

/** crypt(3) with MD5: the digest's text alone. `magic` is `$1$`, or Apache's `$apr1$`. */
export function md5Crypt({ password, magic, salt }) {
  const secret = Buffer.from(password);
  const seasoning = Buffer.from(salt);
  const alternate = md5([secret, seasoning, secret]);
  const parts = [secret, Buffer.from(magic), seasoning, Buffer.alloc(secret.length, alternate)];
  for (let bits = secret.length; bits > 0; bits >>>= 1)
    parts.push(bits & 1 ? Buffer.alloc(1) : secret.subarray(0, 1));
  let current = md5(parts);
  for (let i = 0; i < ROUNDS; i += 1) {
    const round = [i & 1 ? secret : current];
    if (i % 3) round.push(seasoning);
    if (i % 7) round.push(secret);
    round.push(i & 1 ? current : secret);
    current = md5(round);
  }
  const text = GROUPS.map((group) =>
    crypt64(
      group.map((index) => current[index]),
      4,
    ),
  ).join('');
  return text + crypt64([current[11]], 2);
}
