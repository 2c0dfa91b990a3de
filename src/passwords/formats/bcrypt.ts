import { randomBytes } from 'node:crypto';
import { encodeBase64 } from 'bcryptjs';
import { bcryptWithin } from '../bounds.ts';
import { sameText } from '../derive.ts';
import type { PasswordFormat } from './format.ts';

const BCRYPT = /^\$2([aby])\$(\d\d)\$[./A-Za-z0-9]{53}$/;
/** Less is not bcrypt. */
const LEAST_COST = 4;
const SETTING_CHARACTERS = 29;
const SALT_BYTES = 16;
const LENGTH = 60;

interface Variant {
  readonly name: string;
  readonly description: string;
  /** What stands before the hash proper. */
  readonly prefix: string;
  /** The letter of a new hash whose predecessor has none: all three letters mean the same today. */
  readonly minor: 'a' | 'b' | 'y';
  /** What reads the new hash knows no other letter: that of the predecessor is not kept. */
  readonly only?: boolean;
  /** What the application hands to bcrypt. */
  readonly prepare: (password: string) => string;
}

function parse(hash: string, prefix: string): { minor: string; cost: number; bcrypt: string } | null {
  if (!hash.startsWith(prefix)) return null;
  const bcrypt = hash.slice(prefix.length);
  const [, minor, digits] = BCRYPT.exec(bcrypt) ?? [];
  const cost = Number(digits);
  return minor === undefined || cost < LEAST_COST ? null : { minor, cost, bcrypt };
}

/**
 * bcrypt and what applications build on it.
 *
 * bcrypt reads 72 bytes and ignores the rest; so does the application whose
 * hashes these are, and we do as it does, in reading and in writing.
 */
export function bcryptFormat({ name, description, prefix, minor, only, prepare }: Variant): PasswordFormat {
  return {
    name,
    description,
    weak: false,
    onlyNamed: false,
    read: (hash) => {
      const parsed = parse(hash, prefix);
      return (
        parsed && {
          affordable: bcryptWithin(parsed.cost),
          matches: async (password, work) => {
            const setting = parsed.bcrypt.slice(0, SETTING_CHARACTERS);
            const digest = await work.run({ kind: 'bcrypt', password: prepare(password), setting });
            return sameText(digest, parsed.bcrypt.slice(SETTING_CHARACTERS));
          },
        }
      );
    },
    writer: {
      length: prefix.length + LENGTH,
      write: async (password, { current, costs, work }) => {
        const old = current === null ? null : parse(current, prefix);
        const cost = Math.max(costs.bcrypt, old && bcryptWithin(old.cost) ? old.cost : 0);
        const salt = encodeBase64(randomBytes(SALT_BYTES), SALT_BYTES);
        const letter = only === true ? minor : (old?.minor ?? minor);
        const setting = `$2${letter}$${String(cost).padStart(2, '0')}$${salt}`;
        return prefix + setting + (await work.run({ kind: 'bcrypt', password: prepare(password), setting }));
      },
    },
  };
}

export const bcrypt = bcryptFormat({
  name: 'bcrypt',
  description: 'bcrypt, as PHP, Laravel, Rails, Spring and htpasswd write it: `$2a$`, `$2b$` or `$2y$`',
  prefix: '',
  minor: 'b',
  prepare: (password) => password,
});

/**
 * For writing only; read it is bcrypt like any other. Laravel since 11 and phpBB take `$2b$` for something
 * else than bcrypt, while Node's own bcrypt knows no `$2y$`: without a predecessor only a name tells.
 */
export const bcrypt2y = bcryptFormat({
  name: 'bcrypt-2y',
  description: 'bcrypt with the letter that PHP writes: `$2y$`',
  prefix: '',
  minor: 'y',
  only: true,
  prepare: (password) => password,
});

/** As Devise does it: the pepper behind the password, both within bcrypt's 72 bytes. */
export function pepperedBcrypt(pepper: () => string): PasswordFormat {
  return bcryptFormat({
    name: 'bcrypt',
    description: 'bcrypt of password and pepper, as Devise writes it',
    prefix: '',
    minor: 'a',
    prepare: (password) => password + pepper(),
  });
}
