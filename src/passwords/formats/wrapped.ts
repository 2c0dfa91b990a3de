import { argon2d, argon2i, argon2id, phpArgon2id } from './argon2.ts';
import { bcrypt } from './bcrypt.ts';
import { desCrypt } from './des-crypt.ts';
import type { PasswordFormat } from './format.ts';
import { apr1, md5Crypt } from './md5-crypt.ts';
import { plain } from './plain.ts';
import { sha256Crypt, sha512Crypt } from './sha-crypt.ts';

/** A prefix and the formats whose hashes may stand behind it. */
interface Wrapping {
  readonly prefix: RegExp;
  readonly inner: readonly PasswordFormat[];
}

interface Wrapped {
  readonly name: string;
  readonly description: string;
  readonly wrappings: readonly Wrapping[];
  /** What is written where the current hash does not say. */
  readonly usual: { readonly prefix: string; readonly format: PasswordFormat };
}

interface Unwrapped {
  readonly prefix: string;
  readonly hash: string;
  readonly format: PasswordFormat;
}

function unwrap(text: string, wrappings: readonly Wrapping[]): Unwrapped | null {
  for (const { prefix: pattern, inner } of wrappings) {
    const [prefix] = pattern.exec(text) ?? [];
    if (prefix === undefined) continue;
    const hash = text.slice(prefix.length);
    const format = inner.find((candidate) => candidate.read(hash, []) !== null);
    if (format) return { prefix, hash, format };
  }
  return null;
}

/** Hashes of other formats behind a prefix; each is as weak, and written as dear, as without it. */
function wrappedFormat({ name, description, wrappings, usual }: Wrapped): PasswordFormat {
  return {
    name,
    description,
    weak: false,
    onlyNamed: false,
    read: (text) => {
      const unwrapped = unwrap(text, wrappings);
      const stored = unwrapped?.format.read(unwrapped.hash, []);
      return unwrapped && stored ? { weak: unwrapped.format.weak, ...stored } : null;
    },
    writer: {
      length: usual.format.writer.length === null ? null : usual.prefix.length + usual.format.writer.length,
      write: async (password, writing) => {
        const old = writing.current === null ? null : unwrap(writing.current, wrappings);
        // A weak hash is never what a new one imitates.
        const { prefix, format } = old === null || old.format.weak ? usual : old;
        return prefix + (await format.writer.write(password, { ...writing, current: old?.hash ?? null }));
      },
    },
  };
}

export const ldapCrypt = wrappedFormat({
  name: 'ldap-crypt',
  description: 'LDAP, crypt(3) behind `{CRYPT}`: bcrypt, SHA-512, SHA-256, MD5 or DES crypt',
  wrappings: [{ prefix: /^\{crypt\}/i, inner: [bcrypt, sha512Crypt, sha256Crypt, md5Crypt, apr1, desCrypt] }],
  usual: { prefix: '{CRYPT}', format: sha512Crypt },
});

/** Spring Security's DelegatingPasswordEncoder: the name of an encoder before what it makes. */
export const spring = wrappedFormat({
  name: 'spring',
  description:
    'Spring Security: the encoder in braces, `{bcrypt}$2a$…`, `{argon2}…` or `{noop}` and the password',
  wrappings: [
    { prefix: /^\{bcrypt\}/, inner: [bcrypt] },
    { prefix: /^\{argon2(?:@SpringSecurity_v5_(?:2|8))?\}/, inner: [argon2id, argon2i, argon2d] },
    { prefix: /^\{noop\}/, inner: [plain] },
  ],
  usual: { prefix: '{bcrypt}', format: bcrypt },
});

export const nextcloud = wrappedFormat({
  name: 'nextcloud',
  description: 'Nextcloud and ownCloud: a number and a bar before Argon2 or bcrypt',
  // It verifies whatever stands behind the bar, and has put Argon2id behind each of 2 and 3.
  wrappings: [{ prefix: /^[123]\|/, inner: [phpArgon2id, argon2i, bcrypt] }],
  usual: { prefix: '3|', format: phpArgon2id },
});
