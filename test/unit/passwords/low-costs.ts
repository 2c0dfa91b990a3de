import type { Costs } from '../../../src/passwords/costs.ts';

/** The least that each format allows, so that a test can make many hashes. */
export const LOW_COSTS: Costs = {
  argon2id: { memoryKiB: 64, passes: 1, lanes: 1 },
  argon2i: { memoryKiB: 64, passes: 1, lanes: 1 },
  djangoArgon2: { memoryKiB: 64, passes: 1, lanes: 2 },
  keycloakArgon2: { memoryKiB: 64, passes: 1, lanes: 1 },
  magentoArgon2: { memoryKiB: 64, passes: 1, lanes: 1 },
  phpArgon2: { memoryKiB: 64, passes: 1, lanes: 1 },
  bcrypt: 4,
  djangoPbkdf2: 10,
  pbkdf2Sha1: 10,
  pbkdf2Sha256: 10,
  pbkdf2Sha512: 10,
  werkzeugPbkdf2: 10,
  aspnetIdentity: 10,
  scrypt: { n: 16, r: 8, p: 1 },
  djangoScrypt: { n: 16, r: 8, p: 5 },
  werkzeugScrypt: { n: 16, r: 8, p: 1 },
  shaCrypt: 1000,
  phpass: 7,
  drupal: 7,
};
