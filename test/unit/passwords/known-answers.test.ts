import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../connectors/contract/secret.ts';
import { createPasswordHasher } from '../../../src/passwords/create-hasher.ts';
import { KNOWN_FORMATS } from '../../../src/passwords/format-names.ts';
import { FORMATS } from '../../../src/passwords/formats/index.ts';

interface Answer {
  readonly format: string;
  readonly madeBy: string;
  readonly password: string;
  readonly hash: string;
}

/** Made by other implementations; the script that made each file stands beside it. */
const ANSWERS: readonly Answer[] = ['python', 'php', 'shell', 'published'].flatMap(
  (name) =>
    JSON.parse(readFileSync(new URL(`known-answers/${name}.json`, import.meta.url), 'utf8')) as Answer[],
);

const hasher = createPasswordHasher();
afterAll(async () => {
  await hasher[Symbol.asyncDispose]();
});

/** Another password, different where every format looks: bcrypt ignores what follows the 72nd byte. */
function almost(password: string): string {
  return password.startsWith('!') ? `?${password.slice(1)}` : `!${password.slice(1)}`;
}

/** Of formats that have weak hashes and others: MD5 alone of Magento, MD5 and DES crypt in a directory, the password itself of Spring. */
const WEAK = /^[0-9a-f]{32}:\w+:0$|^\{CRYPT\}(?:\$1\$|[^$]{13}$)|^\{noop\}/;

describe.each(KNOWN_FORMATS)('hashes of $name that others made', ({ name, weak, onlyNamed }) => {
  const answers = ANSWERS.filter(({ format }) => format === name);

  // Plain passwords are their own hashes: there is nothing to be made.
  it('exist', () => expect(answers.length > 0 || name === 'plain').toBe(true));

  it('match their password, and no other', async () => {
    for (const { password, hash } of answers) {
      const stored = new Secret(hash);
      const right = await hasher.verify(new Secret(password), stored, onlyNamed ? name : 'auto');
      expect({ password, hash, ...right }).toMatchObject({
        result: 'match',
        format: name,
        weak: weak || WEAK.test(hash),
      });
      const wrong = await hasher.verify(new Secret(almost(password)), stored, name);
      expect({ password, hash, ...wrong }).toMatchObject({ result: 'mismatch', format: name });
    }
  });
});

it('are recognised by one format each', () => {
  const byLook = FORMATS.filter(({ onlyNamed }) => !onlyNamed);
  for (const { hash, format } of ANSWERS) {
    const recognised = byLook
      .filter((candidate) => candidate.read(hash, []) !== null)
      .map(({ name }) => name);
    const named = FORMATS.find(({ name }) => name === format);
    expect({ hash, recognised }).toEqual({ hash, recognised: named?.onlyNamed === true ? [] : [format] });
  }
});

it('are not recognised when damaged', () => {
  const byLook = FORMATS.filter(({ onlyNamed }) => !onlyNamed);
  // What has no form of its own cannot be seen to be damaged.
  const formed = ANSWERS.filter(({ format, hash }) => !format.endsWith('-hex') && !hash.startsWith('{noop}'));
  for (const { hash, format } of formed) {
    for (const damaged of [hash.slice(0, Math.ceil(hash.length / 3)), `${hash}\n`, ` ${hash}`, `${hash}$`]) {
      const recognised = byLook.filter((candidate) => candidate.read(damaged, []) !== null);
      expect({ format, damaged, recognised }).toEqual({ format, damaged, recognised: [] });
    }
  }
});
