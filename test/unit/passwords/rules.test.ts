import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FormatRule } from '../../../connectors/contract/password-format.ts';
import { Secret } from '../../../connectors/contract/secret.ts';
import { joinStored, splitStored } from '../../../connectors/contract/stored-password.ts';
import { createPasswordHasher } from '../../../src/passwords/create-hasher.ts';
import { detect } from '../../../src/passwords/detect.ts';
import { isWeak } from '../../../src/passwords/format-names.ts';
import { LOW_COSTS } from './low-costs.ts';
import { RULE_PEPPERS, RULES } from './rules.ts';

interface Answer {
  readonly rule: string;
  readonly password: string;
  readonly hash: string;
  readonly parts: readonly string[];
}

const ANSWERS = ['ruby', 'firebase', 'published-rules', 'phpbb'].flatMap(
  (name) =>
    JSON.parse(readFileSync(new URL(`known-answers/${name}.json`, import.meta.url), 'utf8')) as Answer[],
);

const hasher = createPasswordHasher({ costs: LOW_COSTS, environment: RULE_PEPPERS, mayWait: 1000 });
const unpeppered = createPasswordHasher({ costs: LOW_COSTS });
afterAll(async () => {
  await hasher[Symbol.asyncDispose]();
  await unpeppered[Symbol.asyncDispose]();
});

const secret = (text: string): Secret => new Secret(text);
const PASSWORD = secret('correct horse battery staple');
const accepted = (reading: FormatRule) => ({ reading, weakAccepted: true });

/** Firebase's own example has the project's usual cost, the rule of the other tests a low one. */
function ruleOf(name: string): FormatRule {
  const rule = RULES[name]!;
  return name === 'Firebase' && 'memoryCost' in rule ? { ...rule, memoryCost: 14 } : rule;
}

it.each(ANSWERS)('matches what $rule made of its password, and no other', async ({ rule, ...answer }) => {
  const stored = secret(joinStored(answer));
  const right = await hasher.verify(secret(answer.password), stored, ruleOf(rule));
  expect(right).toMatchObject({ result: 'match', weak: false });
  const wrong = await hasher.verify(secret(`!${answer.password.slice(1)}`), stored, ruleOf(rule));
  expect(wrong).toMatchObject({ result: 'mismatch' });
});

describe.each(Object.entries(RULES))('%s', (name, rule) => {
  it('verifies what it wrote, and nothing else', async () => {
    const password = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      // phpBB takes spaces off the ends, and writes some characters with five more.
      .filter((text) => !text.includes('\0') && text.trim() !== '')
      .filter((text) => Buffer.byteLength(text.replaceAll(/[&"<>]/g, '&quot;')) <= 60);
    await fc.assert(
      fc.asyncProperty(password, async (text) => {
        const stored = await hasher.encode(secret(text), accepted(rule), null);
        expect(await hasher.verify(secret(text), stored, rule)).toMatchObject({ result: 'match' });
        expect(await hasher.verify(secret(`${text}x`), stored, rule)).toMatchObject({ result: 'mismatch' });
      }),
      { numRuns: 10 },
    );
  });

  it('takes a new salt and keeps its form', async () => {
    const first = await hasher.encode(PASSWORD, accepted(rule), null);
    const second = await hasher.encode(PASSWORD, accepted(rule), first);
    expect(second.reveal()).not.toBe(first.reveal());
    expect(splitStored(second.reveal()).parts.map((part) => part?.length)).toEqual(
      splitStored(first.reveal()).parts.map((part) => part?.length),
    );
  });

  it('knows no hash without what belongs to it', async () => {
    const { hash, parts } = splitStored((await hasher.encode(PASSWORD, accepted(rule), null)).reveal());
    if (parts.length === 0) return;
    for (const damaged of [parts.map(() => null), parts.map(() => ''), []]) {
      const stored = secret(joinStored({ hash, parts: damaged }));
      expect(await hasher.verify(PASSWORD, stored, rule)).toMatchObject({ result: 'unverifiable' });
    }
  });

  it('is weak when it is MD5, and only then among these', () => {
    expect(isWeak(rule)).toBe(['vBulletin', 'MyBB'].includes(name));
  });
});

describe('a salt of the application', () => {
  const rule = RULES['vBulletin']!;

  it('is replaced by one as long', async () => {
    const current = secret(joinStored({ hash: 'a'.repeat(32), parts: ['abc'] }));
    const next = await hasher.encode(PASSWORD, accepted(rule), current);
    expect(splitStored(next.reveal()).parts[0]).toHaveLength(3);
  });

  it('does not hide that a hash is of another format', async () => {
    const bcrypt = await hasher.encode(PASSWORD, 'bcrypt', null);
    const stored = secret(joinStored({ hash: bcrypt.reveal(), parts: [''] }));
    expect(await hasher.verify(PASSWORD, stored, rule)).toMatchObject({ result: 'match', format: 'bcrypt' });
    const next = await hasher.encode(PASSWORD, { reading: rule }, stored);
    expect(splitStored(next.reveal())).toEqual({ hash: expect.stringMatching(/^\$2b\$04\$/), parts: [] });
  });

  it('is not read from a column of another format', () => {
    expect(detect(joinStored({ hash: '!', parts: ['salt'] }), rule)).toBeNull();
    expect(detect(joinStored({ hash: 'a'.repeat(32), parts: ['s'.repeat(1025)] }), rule)).toBeNull();
  });
});

it('an unsalted digest is weak, with a pepper too', () => {
  const rule = {
    digest: 'sha256',
    order: 'password + pepper',
    salt: 'none',
    saltEncoding: 'text',
    separator: '',
    encoding: 'hex',
    rounds: 1,
    characters: 'utf-8',
    pepper: { environment: 'TRIBUTARY_PEPPER_DEVISE' },
  } as const;
  expect(isWeak(rule)).toBe(true);
});

describe.each(['Devise', 'Firebase'])('%s without its pepper', (name) => {
  const rule = RULES[name]!;

  it('verifies nobody, and says why nothing can be written', async () => {
    const stored = await hasher.encode(PASSWORD, accepted(rule), null);
    expect(await unpeppered.verify(PASSWORD, stored, rule)).toMatchObject({ result: 'unverifiable' });
    await expect(unpeppered.encode(PASSWORD, accepted(rule), null)).rejects.toMatchObject({
      code: 'PEPPER_MISSING',
    });
    expect(unpeppered.missingPeppers(rule)).toHaveLength(1);
    expect(hasher.missingPeppers(rule)).toEqual([]);
  });
});

describe('phpBB', () => {
  const rule = RULES['phpBB']!;

  it('writes what phpBB knows by its prefix, in the format that the person has', async () => {
    const written = async (current: string | null): Promise<string> => {
      const old = current === null ? null : secret(current);
      return (await hasher.encode(PASSWORD, { reading: rule }, old)).reveal().slice(0, 4);
    };
    const portable = `$H$9${'a'.repeat(30)}`;
    const found = await Promise.all([null, `$2a$04$${'.'.repeat(53)}`, portable].map(written));
    expect(found).toEqual(['$2y$', '$2y$', '$H$9']);
  });

  it('takes a password of spaces for none, as phpBB does', async () => {
    const nothing = await hasher.encode(secret('   '), { reading: rule }, null);
    expect(await hasher.verify(secret(' '), nothing, rule)).toMatchObject({ result: 'mismatch' });
  });
});
