export interface Argon2Cost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

export interface ScryptCost {
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

/** What a hash that we write costs. A record's own cost is kept where it is higher. */
export interface Costs {
  readonly argon2id: Argon2Cost;
  readonly argon2i: Argon2Cost;
  readonly djangoArgon2: Argon2Cost;
  readonly keycloakArgon2: Argon2Cost;
  readonly phpArgon2: Argon2Cost;
  readonly magentoArgon2: Argon2Cost;
  /** A power of two. */
  readonly bcrypt: number;
  /** Iterations of PBKDF2, by who reads them. */
  readonly djangoPbkdf2: number;
  readonly pbkdf2Sha1: number;
  readonly pbkdf2Sha256: number;
  readonly pbkdf2Sha512: number;
  readonly werkzeugPbkdf2: number;
  readonly aspnetIdentity: number;
  readonly scrypt: ScryptCost;
  readonly djangoScrypt: ScryptCost;
  readonly werkzeugScrypt: ScryptCost;
  /** Rounds. */
  readonly shaCrypt: number;
  /** Powers of two. */
  readonly phpass: number;
  readonly drupal: number;
}

/**
 * Where an application has a default of its own, that default, so that it does
 * not hash again at the next sign-in; elsewhere the figures of OWASP's password
 * storage cheat sheet.
 */
export const TODAYS_COSTS: Costs = {
  argon2id: { memoryKiB: 19_456, passes: 2, lanes: 1 },
  /** One pass more: argon2i is the weaker of the two against time and memory traded. */
  argon2i: { memoryKiB: 19_456, passes: 3, lanes: 1 },
  /** Django's Argon2PasswordHasher. */
  djangoArgon2: { memoryKiB: 102_400, passes: 2, lanes: 8 },
  /** Keycloak 26. */
  keycloakArgon2: { memoryKiB: 7168, passes: 5, lanes: 1 },
  /** PHP's default, which Nextcloud keeps. */
  phpArgon2: { memoryKiB: 65_536, passes: 4, lanes: 1 },
  /** libsodium's interactive limits, Magento's default. */
  magentoArgon2: { memoryKiB: 65_536, passes: 2, lanes: 1 },
  /** PHP's default since 8.4, and Laravel's. */
  bcrypt: 12,
  /** Django 6.0. */
  djangoPbkdf2: 1_200_000,
  pbkdf2Sha1: 1_300_000,
  pbkdf2Sha256: 600_000,
  pbkdf2Sha512: 210_000,
  /** Werkzeug 3.1. */
  werkzeugPbkdf2: 1_000_000,
  /** OWASP for SHA-512; ASP.NET's own default of 100,000 is lower, and it accepts more. */
  aspnetIdentity: 210_000,
  scrypt: { n: 2 ** 17, r: 8, p: 1 },
  /** Django 5.1 and later. */
  djangoScrypt: { n: 2 ** 14, r: 8, p: 5 },
  /** Werkzeug 3. */
  werkzeugScrypt: { n: 2 ** 15, r: 8, p: 1 },
  /** Twenty times the default of crypt(3); a quarter of a second here, far less in C. */
  shaCrypt: 100_000,
  /** WordPress up to 6.7, and phpBB. */
  phpass: 13,
  /** Drupal 8 and later. */
  drupal: 16,
};
