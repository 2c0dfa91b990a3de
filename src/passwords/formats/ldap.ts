import { createHash, randomBytes } from 'node:crypto';
import { sameBytes } from '../../kernel/keyring.ts';
import type { FormatWriter, PasswordFormat } from './format.ts';

const HASH = /^\{([A-Za-z0-9-]{1,16})\}([A-Za-z0-9+/]{20,200}={0,2})$/;
const DIGEST_BYTES = { md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64 } as const;
/** What every server reads; RFC 2307 leaves the length open. */
const SALT_BYTES = 8;

interface Scheme {
  readonly label: string;
  readonly digest: keyof typeof DIGEST_BYTES;
  readonly salted: boolean;
}

/** The digest of password and salt, with the salt behind it. */
function decode(hash: string, { label, digest, salted }: Scheme): { expected: Buffer; salt: Buffer } | null {
  const [, found = '', encoded = ''] = HASH.exec(hash) ?? [];
  if (found.toUpperCase() !== label) return null;
  const bytes = Buffer.from(encoded, 'base64');
  const salt = bytes.subarray(DIGEST_BYTES[digest]);
  if (bytes.length < DIGEST_BYTES[digest] || salted !== salt.length > 0) return null;
  return { expected: bytes.subarray(0, DIGEST_BYTES[digest]), salt };
}

function writer({ label, digest, salted }: Scheme): FormatWriter {
  const saltBytes = salted ? SALT_BYTES : 0;
  return {
    length: label.length + 2 + Math.ceil((DIGEST_BYTES[digest] + saltBytes) / 3) * 4,
    write: (password) => {
      const salt = randomBytes(saltBytes);
      const hash = createHash(digest).update(password).update(salt).digest();
      return Promise.resolve(`{${label}}${Buffer.concat([hash, salt]).toString('base64')}`);
    },
  };
}

function ldapFormat(scheme: Scheme): PasswordFormat {
  const { label, digest, salted } = scheme;
  return {
    name: `ldap-${label.toLowerCase()}`,
    description: `LDAP, ${salted ? 'salted' : 'unsalted'} ${digest.toUpperCase()}: \`{${label}}…\``,
    weak: !salted || digest === 'md5',
    onlyNamed: false,
    read: (hash) => {
      const decoded = decode(hash, scheme);
      if (!decoded) return null;
      const { expected, salt } = decoded;
      return {
        affordable: true,
        matches: (password) =>
          Promise.resolve(sameBytes(createHash(digest).update(password).update(salt).digest(), expected)),
      };
    },
    writer: writer(scheme),
  };
}

export const LDAP_FORMATS: readonly PasswordFormat[] = [
  ldapFormat({ label: 'SSHA', digest: 'sha1', salted: true }),
  ldapFormat({ label: 'SSHA256', digest: 'sha256', salted: true }),
  ldapFormat({ label: 'SSHA384', digest: 'sha384', salted: true }),
  ldapFormat({ label: 'SSHA512', digest: 'sha512', salted: true }),
  ldapFormat({ label: 'SHA', digest: 'sha1', salted: false }),
  ldapFormat({ label: 'SHA256', digest: 'sha256', salted: false }),
  ldapFormat({ label: 'SHA384', digest: 'sha384', salted: false }),
  ldapFormat({ label: 'SHA512', digest: 'sha512', salted: false }),
  ldapFormat({ label: 'SMD5', digest: 'md5', salted: true }),
  ldapFormat({ label: 'MD5', digest: 'md5', salted: false }),
];
