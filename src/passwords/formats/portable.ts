import { portableWithin } from '../bounds.ts';
import type { Costs } from '../costs.ts';
import { sameText } from '../derive.ts';
import { saltText } from '../encodings.ts';
import type { PasswordFormat } from './format.ts';

const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** phpass makes and accepts powers from 7 to 30. */
const LEAST = 7;
const MOST = 30;
const SALT_CHARACTERS = 8;

interface Kind {
  readonly name: string;
  readonly description: string;
  readonly algorithm: 'md5' | 'sha512';
  /** A new hash without a predecessor takes the first. */
  readonly prefixes: readonly [string, ...string[]];
  /** Drupal cuts the digest's text. */
  readonly digestCharacters: number;
  readonly today: (costs: Costs) => number;
}

interface Parsed {
  readonly prefix: string;
  readonly logRounds: number;
  readonly salt: string;
  readonly digest: string;
}

function parse(hash: string, { prefixes, digestCharacters }: Kind): Parsed | null {
  const prefix = prefixes.find((candidate) => hash.startsWith(candidate));
  if (prefix === undefined) return null;
  const cost = hash.charAt(prefix.length);
  const rest = hash.slice(prefix.length + 1);
  const logRounds = cost === '' ? -1 : ALPHABET.indexOf(cost);
  const shape = rest.length === SALT_CHARACTERS + digestCharacters && /^[./A-Za-z0-9]+$/.test(rest);
  if (!shape || logRounds < LEAST || logRounds > MOST) return null;
  return {
    prefix,
    logRounds,
    salt: rest.slice(0, SALT_CHARACTERS),
    digest: rest.slice(SALT_CHARACTERS),
  };
}

function portableFormat(kind: Kind): PasswordFormat {
  const { algorithm, digestCharacters } = kind;
  return {
    name: kind.name,
    description: kind.description,
    weak: false,
    onlyNamed: false,
    read: (hash) => {
      const parsed = parse(hash, kind);
      if (!parsed) return null;
      const { logRounds, salt, digest } = parsed;
      return {
        affordable: portableWithin(logRounds),
        matches: async (password, work) => {
          const rounds = 2 ** logRounds;
          const text = await work.run({ kind: 'portable-hash', algorithm, password, salt, rounds });
          return sameText(text.slice(0, digestCharacters), digest);
        },
      };
    },
    writer: {
      length: kind.prefixes[0].length + 1 + SALT_CHARACTERS + digestCharacters,
      write: async (password, { current, costs, work }) => {
        const old = current === null ? null : parse(current, kind);
        const kept = old && portableWithin(old.logRounds) ? old.logRounds : 0;
        const logRounds = Math.max(kind.today(costs), kept);
        const salt = saltText(SALT_CHARACTERS);
        const task = { kind: 'portable-hash', algorithm, password, salt, rounds: 2 ** logRounds } as const;
        const digest = (await work.run(task)).slice(0, digestCharacters);
        return `${old?.prefix ?? kind.prefixes[0]}${ALPHABET.charAt(logRounds)}${salt}${digest}`;
      },
    },
  };
}

export const phpass = portableFormat({
  name: 'phpass',
  description: 'phpass, as WordPress up to 6.7 (`$P$`) and phpBB (`$H$`) write it',
  algorithm: 'md5',
  prefixes: ['$P$', '$H$'],
  digestCharacters: 22,
  today: (costs) => costs.phpass,
});

export const drupal = portableFormat({
  name: 'drupal',
  description: 'Drupal 7 to 10.0: `$S$`',
  algorithm: 'sha512',
  prefixes: ['$S$'],
  digestCharacters: 43,
  today: (costs) => costs.drupal,
});
