import { Buffer } from 'node:buffer';

/*
 * crypt(3) as it was first: 25 times DES of a block of zeros, with an expansion
 * that the salt disturbs. Node's own DES has the expansion of the standard, so
 * that this one is written out, with the tables of FIPS 46-3 counted from 1.
 */

const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ITERATIONS = 25;
const SIGNIFICANT_BYTES = 8;
const ROTATIONS = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1];

const numbers = (text) => text.trim().split(/\s+/).map(Number);

const INITIAL = [58, 60, 62, 64, 57, 59, 61, 63].flatMap((first) =>
  Array.from({ length: 8 }, (_, at) => first - 8 * at),
);
const FINAL = INITIAL.map((_, at) => INITIAL.indexOf(at + 1) + 1);
const EXPANSION = Array.from({ length: 48 }, (_, at) => {
  const place = Math.floor(at / 6) * 4 + (at % 6) - 1;
  return ((place + 32) % 32) + 1;
});
const PERMUTATION = numbers(
  '16 7 20 21 29 12 28 17 1 15 23 26 5 18 31 10 2 8 24 14 32 27 3 9 19 13 30 6 22 11 4 25',
);
const CHOICE_ONE = numbers(`57 49 41 33 25 17 9 1 58 50 42 34 26 18 10 2 59 51 43 35 27 19 11 3 60 52 44 36
  63 55 47 39 31 23 15 7 62 54 46 38 30 22 14 6 61 53 45 37 29 21 13 5 28 20 12 4`);
const CHOICE_TWO = numbers(`14 17 11 24 1 5 3 28 15 6 21 10 23 19 12 4 26 8 16 7 27 20 13 2
  41 52 31 37 47 55 30 40 51 45 33 48 44 49 39 56 34 53 46 42 50 36 29 32`);
/** Each box as 64 hexadecimal digits: four rows of sixteen. */
const BOXES = [
  'e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d',
  'f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9',
  'a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c',
  '7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e',
  '2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453',
  'c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d',
  '4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c',
  'd2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b',
].map((box) => [...box].map((digit) => Number.parseInt(digit, 16)));

const pick = (bits, table) => table.map((place) => bits[place - 1]);
const turn = (bits, by) => [...bits.slice(by), ...bits.slice(0, by)];

/** Seven bits of each of the first eight bytes; a text of C ends at a NUL. */
function keyBits(password) {
  const [text] = password.split('\0');
  const bytes = Buffer.alloc(SIGNIFICANT_BYTES);
  Buffer.from(text).copy(bytes);
  return [...bytes].flatMap((byte) =>
    Array.from({ length: 8 }, (_, at) => (at < 7 ? (byte >> (6 - at)) & 1 : 0)),
  );
}

function roundKeys(password) {
  const chosen = pick(keyBits(password), CHOICE_ONE);
  let halves = [chosen.slice(0, 28), chosen.slice(28)];
  return ROTATIONS.map((by) => {
    halves = halves.map((half) => turn(half, by));
    return pick(halves.flat(), CHOICE_TWO);
  });
}

/** Each bit of the salt exchanges two places of the expansion. */
function expansionOf(salt) {
  const value = ALPHABET.indexOf(salt[0]) | (ALPHABET.indexOf(salt[1]) << 6);
  const table = [...EXPANSION];
  for (let bit = 0; bit < 12; bit += 1)
    if ((value >> bit) & 1) [table[bit], table[bit + 24]] = [table[bit + 24], table[bit]];
  return table;
}

function substitute(bits) {
  return BOXES.flatMap((box, at) => {
    const [first, a, b, c, d, last] = bits.slice(at * 6, at * 6 + 6);
    const value = box[((first << 1) | last) * 16 + ((a << 3) | (b << 2) | (c << 1) | d)];
    return [3, 2, 1, 0].map((shift) => (value >> shift) & 1);
  });
}

function encrypt(block, keys, expansion) {
  const start = pick(block, INITIAL);
  let [left, right] = [start.slice(0, 32), start.slice(32)];
  for (const key of keys) {
    const mixed = pick(right, expansion).map((bit, at) => bit ^ key[at]);
    const scrambled = pick(substitute(mixed), PERMUTATION);
    [left, right] = [right, left.map((bit, at) => bit ^ scrambled[at])];
  }
  return pick([...right, ...left], FINAL);
}

/** The digest's text alone: eleven characters. `salt` is two. */
export function desCrypt({ password, salt }) {
  const keys = roundKeys(password);
  const expansion = expansionOf(salt);
  let block = Array(64).fill(0);
  for (let times = 0; times < ITERATIONS; times += 1) block = encrypt(block, keys, expansion);
  const padded = [...block, 0, 0];
  return Array.from(
    { length: 11 },
    (_, at) => ALPHABET[padded.slice(at * 6, at * 6 + 6).reduce((sum, bit) => sum * 2 + bit, 0)],
  ).join('');
}
