import { randomBytes } from 'node:crypto';
import { sameBytes } from '../../kernel/keyring.ts';
import { scryptWithin } from '../bounds.ts';
import type { Costs, ScryptCost } from '../costs.ts';
import { scrypt as derive } from '../derive.ts';
import { saltText, unpadded } from '../encodings.ts';
import type { PasswordFormat } from './format.ts';

/** A hash taken apart, whatever the order in which an application prints it. */
interface ScryptHash {
  readonly cost: ScryptCost;
  readonly salt: Buffer;
  readonly digest: Buffer;
}

interface Dialect {
  readonly name: string;
  readonly description: string;
  readonly parse: (hash: string) => ScryptHash | null;
  readonly print: (hash: ScryptHash) => string;
  readonly newSalt: () => Buffer;
  readonly digestBytes: number;
  readonly today: (costs: Costs) => ScryptCost;
  readonly length: number;
}

/** N has to be a power of two above one, for the algorithm to be defined. */
function possible({ n, r, p }: ScryptCost): boolean {
  return n > 1 && Number.isInteger(Math.log2(n)) && r > 0 && p > 0;
}

function noWeaker(current: ScryptCost, today: ScryptCost): boolean {
  return current.n >= today.n && current.r >= today.r && current.p >= today.p;
}

function scryptFormat(dialect: Dialect): PasswordFormat {
  const parse = (hash: string): ScryptHash | null => {
    const parsed = dialect.parse(hash);
    return parsed && possible(parsed.cost) ? parsed : null;
  };
  return {
    name: dialect.name,
    description: dialect.description,
    weak: false,
    onlyNamed: false,
    read: (hash) => {
      const parsed = parse(hash);
      if (!parsed) return null;
      const { cost, salt, digest } = parsed;
      return {
        affordable: scryptWithin(cost),
        matches: async (password) =>
          sameBytes(await derive(password, { cost, salt, length: digest.length }), digest),
      };
    },
    writer: {
      length: dialect.length,
      write: async (password, { current, costs }) => {
        const today = dialect.today(costs);
        const old = current === null ? null : parse(current);
        const cost = old && scryptWithin(old.cost) && noWeaker(old.cost, today) ? old.cost : today;
        const salt = dialect.newSalt();
        return dialect.print({
          cost,
          salt,
          digest: await derive(password, { cost, salt, length: dialect.digestBytes }),
        });
      },
    },
  };
}

const PHC =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,10}),p=(\d{1,10})\$([A-Za-z0-9+/]{0,171})\$([A-Za-z0-9+/]{22,86})$/;

export const scrypt = scryptFormat({
  name: 'scrypt',
  description: 'scrypt, PHC string, as passlib writes it: `$scrypt$ln=…,r=…,p=…$salt$hash`',
  parse: (hash) => {
    const [, ln, r, p, salt, digest] = PHC.exec(hash) ?? [];
    if (salt === undefined || digest === undefined) return null;
    return {
      cost: { n: 2 ** Number(ln), r: Number(r), p: Number(p) },
      salt: Buffer.from(salt, 'base64'),
      digest: Buffer.from(digest, 'base64'),
    };
  },
  print: ({ cost, salt, digest }) =>
    `$scrypt$ln=${Math.log2(cost.n)},r=${cost.r},p=${cost.p}$${unpadded(salt)}$${unpadded(digest)}`,
  newSalt: () => randomBytes(16),
  digestBytes: 32,
  today: (costs) => costs.scrypt,
  length: '$scrypt$ln=17,r=8,p=1$'.length + 22 + 1 + 43,
});

const DJANGO = /^scrypt\$(\d{1,10})\$([^$]{1,128})\$(\d{1,10})\$(\d{1,10})\$([A-Za-z0-9+/]{86}==)$/;

export const djangoScrypt = scryptFormat({
  name: 'django-scrypt',
  description: 'Django, ScryptPasswordHasher: `scrypt$N$salt$r$p$hash`',
  parse: (hash) => {
    const [, n, salt, r, p, digest] = DJANGO.exec(hash) ?? [];
    if (salt === undefined || digest === undefined) return null;
    return {
      cost: { n: Number(n), r: Number(r), p: Number(p) },
      salt: Buffer.from(salt),
      digest: Buffer.from(digest, 'base64'),
    };
  },
  print: ({ cost, salt, digest }) =>
    `scrypt$${cost.n}$${salt.toString()}$${cost.r}$${cost.p}$${digest.toString('base64')}`,
  newSalt: () => Buffer.from(saltText(22)),
  digestBytes: 64,
  today: (costs) => costs.djangoScrypt,
  length: 'scrypt$16384$'.length + 22 + '$8$5$'.length + 88,
});

const WERKZEUG = /^scrypt:(\d{1,10}):(\d{1,10}):(\d{1,10})\$([^$]{1,128})\$([0-9a-f]{128})$/;

export const werkzeugScrypt = scryptFormat({
  name: 'werkzeug-scrypt',
  description: 'Werkzeug and Flask (their default since 2.3): `scrypt:N:r:p$salt$hex`',
  parse: (hash) => {
    const [, n, r, p, salt, digest] = WERKZEUG.exec(hash) ?? [];
    if (salt === undefined || digest === undefined) return null;
    return {
      cost: { n: Number(n), r: Number(r), p: Number(p) },
      salt: Buffer.from(salt),
      digest: Buffer.from(digest, 'hex'),
    };
  },
  print: ({ cost, salt, digest }) =>
    `scrypt:${cost.n}:${cost.r}:${cost.p}$${salt.toString()}$${digest.toString('hex')}`,
  newSalt: () => Buffer.from(saltText(16)),
  digestBytes: 64,
  today: (costs) => costs.werkzeugScrypt,
  length: 'scrypt:32768:8:1$'.length + 16 + 1 + 128,
});
