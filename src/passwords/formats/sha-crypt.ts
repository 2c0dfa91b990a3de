import { shaCryptWithin } from '../bounds.ts';
import { sameText } from '../derive.ts';
import { saltText } from '../encodings.ts';
import type { PasswordFormat } from './format.ts';

const HASH = /^\$([56])\$(?:rounds=([1-9]\d{0,9})\$)?([^$:\s]{0,16})\$([./A-Za-z0-9]{43}|[./A-Za-z0-9]{86})$/;
/** Where the hash does not say. */
const DEFAULT_ROUNDS = 5000;
/** Less is refused by crypt(3). */
const LEAST_ROUNDS = 1000;
const SALT_CHARACTERS = 16;

interface Kind {
  readonly id: '5' | '6';
  readonly algorithm: 'sha256' | 'sha512';
  readonly digestCharacters: number;
}

function parse(hash: string, kind: Kind): { rounds: number; salt: string; digest: string } | null {
  const [, id, given, salt = '', digest = ''] = HASH.exec(hash) ?? [];
  const rounds = given === undefined ? DEFAULT_ROUNDS : Number(given);
  if (id !== kind.id || digest.length !== kind.digestCharacters || rounds < LEAST_ROUNDS) return null;
  return { rounds, salt, digest };
}

function shaCryptFormat(kind: Kind): PasswordFormat {
  const { id, algorithm, digestCharacters } = kind;
  return {
    name: `${algorithm}-crypt`,
    description: `crypt(3) with ${algorithm.toUpperCase()}, as in /etc/shadow: \`$${id}$salt$hash\``,
    weak: false,
    onlyNamed: false,
    read: (hash) => {
      const parsed = parse(hash, kind);
      if (!parsed) return null;
      const { rounds, salt, digest } = parsed;
      return {
        affordable: shaCryptWithin(rounds),
        matches: async (password, work) =>
          sameText(await work.run({ kind: 'sha-crypt', algorithm, password, salt, rounds }), digest),
      };
    },
    writer: {
      length: `$${id}$rounds=100000$$`.length + SALT_CHARACTERS + digestCharacters,
      write: async (password, { current, costs, work }) => {
        const old = current === null ? null : parse(current, kind);
        const rounds = Math.max(costs.shaCrypt, old && shaCryptWithin(old.rounds) ? old.rounds : 0);
        const salt = saltText(SALT_CHARACTERS);
        const digest = await work.run({ kind: 'sha-crypt', algorithm, password, salt, rounds });
        return `$${id}$rounds=${rounds}$${salt}$${digest}`;
      },
    },
  };
}

export const sha512Crypt = shaCryptFormat({ id: '6', algorithm: 'sha512', digestCharacters: 86 });
export const sha256Crypt = shaCryptFormat({ id: '5', algorithm: 'sha256', digestCharacters: 43 });
