import { createHash } from 'node:crypto';
import { sameBytes } from '../../kernel/keyring.ts';
import type { PasswordFormat } from './format.ts';

function twice(password: string): Buffer {
  const once = createHash('sha1').update(password).digest();
  return createHash('sha1').update(once).digest();
}

export const mysqlNative: PasswordFormat = {
  name: 'mysql-native',
  description: 'MySQL’s PASSWORD(): an asterisk and 40 hexadecimal digits, SHA-1 twice',
  weak: true,
  onlyNamed: false,
  read: (hash) => {
    if (!/^\*[0-9A-Fa-f]{40}$/.test(hash)) return null;
    const expected = Buffer.from(hash.slice(1), 'hex');
    return {
      affordable: true,
      matches: (password) => Promise.resolve(sameBytes(twice(password), expected)),
    };
  },
  writer: {
    length: 41,
    write: (password) => Promise.resolve(`*${twice(password).toString('hex').toUpperCase()}`),
  },
};
