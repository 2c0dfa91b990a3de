import { sameText } from '../derive.ts';
import { saltText } from '../encodings.ts';
import type { PasswordFormat } from './format.ts';

const HASH = /^([./A-Za-z0-9]{2})([./A-Za-z0-9]{11})$/;
const SALT_CHARACTERS = 2;

/** Eight bytes of the password count, seven bits of each. */
export const desCrypt: PasswordFormat = {
  name: 'des-crypt',
  description: 'crypt(3) as it was first, with DES: two characters of salt and eleven more',
  weak: true,
  // Thirteen letters and digits may be a password as well.
  onlyNamed: true,
  read: (hash) => {
    const [, salt = '', digest = ''] = HASH.exec(hash) ?? [];
    if (digest === '') return null;
    return {
      affordable: true,
      matches: async (password, work) =>
        sameText(await work.run({ kind: 'des-crypt', password, salt }), digest),
    };
  },
  writer: {
    length: SALT_CHARACTERS + 11,
    write: async (password, { work }) => {
      const salt = saltText(SALT_CHARACTERS);
      return salt + (await work.run({ kind: 'des-crypt', password, salt }));
    },
  },
};
