import { createHash } from 'node:crypto';
import { sameBytes } from '../../kernel/keyring.ts';
import { saltText } from '../encodings.ts';
import type { PasswordFormat } from './format.ts';

const HEX_CHARACTERS = { md5: 32, sha1: 40 } as const;
const DJANGO_SALTED = /^(md5|sha1)\$([^$]{1,128})\$([0-9a-f]{32}|[0-9a-f]{40})$/;

/** As Django: 128 bits and a little. */
const SALT_CHARACTERS = 22;

function djangoSalted(digest: 'md5' | 'sha1'): PasswordFormat {
  return {
    name: `django-${digest}`,
    description: `Django’s oldest: \`${digest}$salt$hex\``,
    weak: true,
    onlyNamed: false,
    read: (hash) => {
      const [, found, salt = '', hex = ''] = DJANGO_SALTED.exec(hash) ?? [];
      if (found !== digest || hex.length !== HEX_CHARACTERS[digest]) return null;
      const expected = Buffer.from(hex, 'hex');
      return {
        affordable: true,
        matches: (password) =>
          Promise.resolve(sameBytes(createHash(digest).update(salt).update(password).digest(), expected)),
      };
    },
    writer: {
      length: digest.length + 1 + SALT_CHARACTERS + 1 + HEX_CHARACTERS[digest],
      write: (password) => {
        const salt = saltText(SALT_CHARACTERS);
        const hex = createHash(digest).update(salt).update(password).digest('hex');
        return Promise.resolve(`${digest}$${salt}$${hex}`);
      },
    },
  };
}

export const DJANGO_SALTED_FORMATS: readonly PasswordFormat[] = [djangoSalted('sha1'), djangoSalted('md5')];
