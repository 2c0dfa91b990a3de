import { createHash } from 'node:crypto';
import { sameBytes } from '../../kernel/keyring.ts';
import { saltText } from '../encodings.ts';
import type { PasswordFormat } from './format.ts';

const HASH = /^([0-9a-f]{32}):([^:]{1,128})$/;

interface Dialect {
  readonly name: string;
  readonly description: string;
  readonly saltFirst: boolean;
  readonly saltCharacters: number;
}

/** `hex:salt` looks the same whichever stood first when it was digested: only a name tells. */
function saltedMd5({ name, description, saltFirst, saltCharacters }: Dialect): PasswordFormat {
  const compute = (password: string, salt: string): Buffer =>
    createHash('md5')
      .update(saltFirst ? salt + password : password + salt)
      .digest();
  return {
    name,
    description,
    weak: true,
    onlyNamed: true,
    read: (hash) => {
      const [, hex, salt = ''] = HASH.exec(hash) ?? [];
      if (hex === undefined) return null;
      const expected = Buffer.from(hex, 'hex');
      return {
        affordable: true,
        matches: (password) => Promise.resolve(sameBytes(compute(password, salt), expected)),
      };
    },
    writer: {
      length: 32 + 1 + saltCharacters,
      write: (password) => {
        const salt = saltText(saltCharacters);
        return Promise.resolve(`${compute(password, salt).toString('hex')}:${salt}`);
      },
    },
  };
}

export const magento1 = saltedMd5({
  name: 'magento-1',
  description: 'Magento 1: `hex:salt`, MD5 of salt and password',
  saltFirst: true,
  saltCharacters: 32,
});

export const joomla = saltedMd5({
  name: 'joomla',
  description:
    'Joomla 1.5 to 2.5: `hex:salt`, MD5 of password and salt (later versions write `phpass` and `bcrypt`)',
  saltFirst: false,
  saltCharacters: 32,
});
