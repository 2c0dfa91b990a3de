import { argon2i, argon2id } from '../formats/argon2.ts';
import { bcrypt, bcrypt2y } from '../formats/bcrypt.ts';
import type { PasswordFormat } from '../formats/format.ts';
import { phpass } from '../formats/portable.ts';

/** What phpBB recognises by a prefix, and what writes each anew: `$2a$` refuses some passwords, `$2b$` is unknown. */
const KINDS: readonly { readonly read: PasswordFormat; readonly written: PasswordFormat }[] = [
  { read: argon2id, written: argon2id },
  { read: argon2i, written: argon2i },
  { read: bcrypt, written: bcrypt2y },
  { read: phpass, written: phpass },
];

/** White space as PHP's trim has it. */
const ENDS = /^[ \t\n\r\0\v]+|[ \t\n\r\0\v]+$/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };

/** A password as phpBB's forms hand it on: like any other text, ready to stand in a page. */
function asPosted(password: string): string {
  const trimmed = password.replaceAll(/\r\n?/g, '\n').replaceAll(ENDS, '');
  return trimmed.replaceAll(/[&"<>]/g, (character) => ENTITIES[character] ?? character).normalize('NFC');
}

/** phpBB: hashes of several formats, all of them of the password as its forms hand it on. */
export function phpbbFormat(): PasswordFormat {
  return {
    name: 'phpbb',
    description:
      'phpBB: Argon2, bcrypt or phpass of the password without spaces at its ends, & < > " as in HTML',
    weak: false,
    onlyNamed: false,
    read: (hash) => {
      const stored = KINDS.map(({ read }) => read.read(hash, [])).find((one) => one !== null);
      if (stored === undefined) return null;
      return {
        ...stored,
        matches: async (password, work) => {
          const posted = asPosted(password);
          return posted !== '' && (await stored.matches(posted, work));
        },
      };
    },
    writer: {
      length: null,
      write: async (password, writing) => {
        const { current } = writing;
        const kind = KINDS.find(({ read }) => current !== null && read.read(current, []) !== null);
        return await (kind?.written ?? bcrypt2y).writer.write(asPosted(password), writing);
      },
    },
  };
}
