import { createHash } from 'node:crypto';
import { sameBytes } from '../../kernel/keyring.ts';
import type { PasswordFormat } from './format.ts';

type FastDigest = 'md5' | 'sha1' | 'sha256' | 'sha512';

const HEX_CHARACTERS: Readonly<Record<FastDigest, number>> = { md5: 32, sha1: 40, sha256: 64, sha512: 128 };

/**
 * Hexadecimal digits say nothing about what made them: 32 of them are MD5 of the
 * password, or of password and some salt, or NTLM. Guessing would be an open door.
 */
function hexFormat(digest: FastDigest): PasswordFormat {
  return {
    name: `${digest}-hex`,
    description: `unsalted ${digest.toUpperCase()}, ${HEX_CHARACTERS[digest]} hexadecimal digits`,
    weak: true,
    onlyNamed: true,
    read: (hash) => {
      if (hash.length !== HEX_CHARACTERS[digest] || !/^[0-9A-Fa-f]+$/.test(hash)) return null;
      const expected = Buffer.from(hash, 'hex');
      return {
        affordable: true,
        matches: (password) =>
          Promise.resolve(sameBytes(createHash(digest).update(password).digest(), expected)),
      };
    },
    writer: {
      length: HEX_CHARACTERS[digest],
      write: (password) => Promise.resolve(createHash(digest).update(password).digest('hex')),
    },
  };
}

export const HEX_FORMATS: readonly PasswordFormat[] = [
  hexFormat('md5'),
  hexFormat('sha1'),
  hexFormat('sha256'),
  hexFormat('sha512'),
];
