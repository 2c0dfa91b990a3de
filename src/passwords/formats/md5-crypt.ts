import { sameText } from '../derive.ts';
import { saltText } from '../encodings.ts';
import type { PasswordFormat } from './format.ts';

const HASH = /^(\$1\$|\$apr1\$)([^$:\s]{0,8})\$([./A-Za-z0-9]{22})$/;

const SALT_CHARACTERS = 8;

interface Kind {
  readonly name: string;
  readonly description: string;
  readonly magic: '$1$' | '$apr1$';
}

function md5CryptFormat({ name, description, magic }: Kind): PasswordFormat {
  return {
    name,
    description,
    weak: true,
    onlyNamed: false,
    read: (hash) => {
      const [, found, salt = '', digest = ''] = HASH.exec(hash) ?? [];
      if (found !== magic) return null;
      return {
        affordable: true,
        matches: async (password, work) =>
          sameText(await work.run({ kind: 'md5-crypt', password, magic, salt }), digest),
      };
    },
    writer: {
      length: magic.length + SALT_CHARACTERS + 1 + 22,
      write: async (password, { work }) => {
        const salt = saltText(SALT_CHARACTERS);
        return `${magic}${salt}$${await work.run({ kind: 'md5-crypt', password, magic, salt })}`;
      },
    },
  };
}

export const md5Crypt = md5CryptFormat({
  name: 'md5-crypt',
  description: 'crypt(3) with MD5: `$1$salt$hash`',
  magic: '$1$',
});

export const apr1 = md5CryptFormat({
  name: 'apr1',
  description: 'Apache’s MD5, the default of htpasswd: `$apr1$salt$hash`',
  magic: '$apr1$',
});
