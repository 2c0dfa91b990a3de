import type { Argon2Cost, ScryptCost } from './costs.ts';

/*
 * The most that a hash from a provider may ask for. A row of a customer's
 * database decides what a sign-in costs us; without bounds one row with
 * `$2b$31$` keeps a core busy for days. Checked before the first verification.
 */

/** Doubles per step; 15 takes about three seconds. */
const BCRYPT_COST = 15;
const PBKDF2_ITERATIONS = 10_000_000;
/** 128 × N × r bytes: 128 MiB with r = 8. */
const SCRYPT = { n: 2 ** 17, r: 8, p: 10 };
const ARGON2 = { memoryKiB: 1024 * 1024, passes: 10, lanes: 16 };
/** passlib's default is 656,000; a million takes about two seconds. */
const SHA_CRYPT_ROUNDS = 1_000_000;
/** phpass and Drupal, as a power of two; Drupal's default is 16, and 20 takes about a second. */
const PORTABLE_LOG_ROUNDS = 20;

export function bcryptWithin(cost: number): boolean {
  return cost <= BCRYPT_COST;
}

export function pbkdf2Within(iterations: number): boolean {
  return iterations <= PBKDF2_ITERATIONS;
}

export function scryptWithin(cost: ScryptCost): boolean {
  return cost.n <= SCRYPT.n && cost.r <= SCRYPT.r && cost.p <= SCRYPT.p;
}

export function argon2Within(cost: Argon2Cost): boolean {
  return cost.memoryKiB <= ARGON2.memoryKiB && cost.passes <= ARGON2.passes && cost.lanes <= ARGON2.lanes;
}

export function shaCryptWithin(rounds: number): boolean {
  return rounds <= SHA_CRYPT_ROUNDS;
}

export function portableWithin(logRounds: number): boolean {
  return logRounds <= PORTABLE_LOG_ROUNDS;
}
