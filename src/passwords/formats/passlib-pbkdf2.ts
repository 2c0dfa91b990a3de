import { randomBytes } from 'node:crypto';
import { sameBytes } from '../../kernel/keyring.ts';
import { pbkdf2Within } from '../bounds.ts';
import { TODAYS_COSTS, type Costs } from '../costs.ts';
import { pbkdf2 } from '../derive.ts';
import { fromPasslib64, toPasslib64 } from '../encodings.ts';
import type { PasswordFormat } from './format.ts';

const REST = /^([1-9]\d{0,9})\$([./A-Za-z0-9]{0,171})\$([./A-Za-z0-9]{27,86})$/;
const DIGEST_BYTES = { sha1: 20, sha256: 32, sha512: 64 } as const;
type PasslibDigest = keyof typeof DIGEST_BYTES;
const SALT_BYTES = 16;
const SALT_CHARACTERS = 22;

interface Dialect {
  readonly name: string;
  readonly description: string;
  readonly digest: PasslibDigest;
  /** What stands before the iterations; the first is written. */
  readonly prefixes: readonly [string, ...string[]];
  readonly today: (costs: Costs) => number;
}

interface Parsed {
  readonly iterations: number;
  readonly salt: Buffer;
  readonly expected: Buffer;
}

function parse(hash: string, { digest, prefixes }: Dialect): Parsed | null {
  const prefix = prefixes.find((candidate) => hash.startsWith(candidate));
  const [, iterations, salt = '', encoded = ''] = REST.exec(hash.slice(prefix?.length)) ?? [];
  const expected = fromPasslib64(encoded);
  if (prefix === undefined || expected.length !== DIGEST_BYTES[digest]) return null;
  return { iterations: Number(iterations), salt: fromPasslib64(salt), expected };
}

function passlibFormat(dialect: Dialect): PasswordFormat {
  const { name, description, digest, prefixes, today } = dialect;
  const length = DIGEST_BYTES[digest];
  const [prefix] = prefixes;
  return {
    name,
    description,
    weak: false,
    onlyNamed: false,
    read: (hash) => {
      const parsed = parse(hash, dialect);
      if (!parsed) return null;
      const { iterations, salt, expected } = parsed;
      return {
        affordable: pbkdf2Within(iterations),
        matches: async (password) =>
          sameBytes(await pbkdf2(password, { digest, salt, iterations, length }), expected),
      };
    },
    writer: {
      length: `${prefix}${today(TODAYS_COSTS)}$$`.length + SALT_CHARACTERS + Math.ceil((length * 4) / 3),
      write: async (password, { current, costs }) => {
        const old = current === null ? null : parse(current, dialect);
        const kept = old && pbkdf2Within(old.iterations) ? old.iterations : 0;
        const iterations = Math.max(today(costs), kept);
        const salt = randomBytes(SALT_BYTES);
        const key = await pbkdf2(password, { digest, salt, iterations, length });
        return `${prefix}${iterations}$${toPasslib64(salt)}$${toPasslib64(key)}`;
      },
    },
  };
}

const TODAY: Readonly<Record<PasslibDigest, (costs: Costs) => number>> = {
  sha1: (costs) => costs.pbkdf2Sha1,
  sha256: (costs) => costs.pbkdf2Sha256,
  sha512: (costs) => costs.pbkdf2Sha512,
};

function passlibPbkdf2(digest: PasslibDigest): PasswordFormat {
  const label = digest === 'sha1' ? '' : `-${digest}`;
  return passlibFormat({
    name: `passlib-pbkdf2-${digest}`,
    description: `passlib (and Odoo), pbkdf2_${digest}: \`$pbkdf2${label}$iterations$salt$hash\``,
    digest,
    prefixes: [`$pbkdf2${label}$`],
    today: TODAY[digest],
  });
}

function ldapPbkdf2(digest: PasslibDigest): PasswordFormat {
  const label = `{PBKDF2-${digest.toUpperCase()}}`;
  return passlibFormat({
    name: `ldap-pbkdf2-${digest}`,
    description: `LDAP, PBKDF2 as OpenLDAP’s pw-pbkdf2 and passlib write it: \`${digest === 'sha1' ? '{PBKDF2}' : label}iterations$salt$hash\``,
    digest,
    prefixes: digest === 'sha1' ? ['{PBKDF2}', label] : [label],
    today: TODAY[digest],
  });
}

const PASSLIB_DIGESTS: readonly PasslibDigest[] = ['sha256', 'sha512', 'sha1'];

export const PASSLIB_PBKDF2_FORMATS: readonly PasswordFormat[] = [
  ...PASSLIB_DIGESTS.map(passlibPbkdf2),
  ...PASSLIB_DIGESTS.map(ldapPbkdf2),
];
