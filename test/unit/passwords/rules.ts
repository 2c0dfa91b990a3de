import type { DigestRule, FormatRule } from '../../../connectors/contract/password-format.ts';

/** What the environment holds that the rules below name. */
export const RULE_PEPPERS = {
  TRIBUTARY_PEPPER_DEVISE: 'ground black',
  TRIBUTARY_PEPPER_FIREBASE:
    'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
};

const KEPT = { saltEncoding: 'text', separator: '', encoding: 'hex' } as const;
const digest: Omit<DigestRule, 'digest' | 'order'> = {
  ...KEPT,
  salt: { column: 'salt' },
  rounds: 1,
  characters: 'utf-8',
};

/** Rules for the hashes of well-known applications. */
export const RULES: Readonly<Record<string, FormatRule>> = {
  Redmine: { ...digest, digest: 'sha1', order: 'salt + sha1(password)' },
  vBulletin: { ...digest, digest: 'md5', order: 'md5(password) + salt' },
  MyBB: { ...digest, digest: 'md5', order: 'md5(salt) + md5(password)' },
  Symfony: {
    ...digest,
    digest: 'sha512',
    order: "password + '{' + salt + '}'",
    rounds: 5000,
    encoding: 'base64',
  },
  'ASP.NET Membership': {
    ...digest,
    digest: 'sha1',
    order: 'salt + password',
    saltEncoding: 'base64',
    encoding: 'base64',
    characters: 'utf-16le',
  },
  'HMAC, salt first': {
    ...digest,
    digest: 'sha256',
    order: 'password',
    key: 'salt',
    salt: 'prefix',
    separator: '.',
  },
  'PBKDF2 with columns': {
    ...KEPT,
    pbkdf2: 'sha512',
    iterations: 1200,
    length: 64,
    salt: { column: 'salt' },
    saltEncoding: 'hex',
  },
  Devise: { name: 'bcrypt', pepper: { environment: 'TRIBUTARY_PEPPER_DEVISE' } },
  Firebase: {
    name: 'firebase-scrypt',
    signerKey: { environment: 'TRIBUTARY_PEPPER_FIREBASE' },
    saltSeparator: 'Bw==',
    rounds: 8,
    memoryCost: 4,
    salt: { column: 'salt' },
    separator: ':',
  },
  Discourse: { name: 'discourse', salt: { column: 'salt' }, algorithm: { column: 'algorithm' } },
  'Keycloak’s table': { name: 'keycloak', credentialData: { column: 'credential_data' } },
  phpBB: { name: 'phpbb' },
};
