import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';

/** Digests `input`, and then again and again the last digest followed by `input`; in hexadecimal digits. */
export function repeatedDigest({ algorithm, input, rounds }) {
  let current = hash(algorithm, input, 'buffer');
  for (let round = 1; round < rounds; round += 1)
    current = hash(algorithm, Buffer.concat([current, input]), 'buffer');
  return current.toString('hex');
}
