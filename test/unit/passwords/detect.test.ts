import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { joinStored } from '../../../connectors/contract/stored-password.ts';
import { detect } from '../../../src/passwords/detect.ts';
import { FORMATS } from '../../../src/passwords/formats/index.ts';
import { RULES } from './rules.ts';

const HASHES = ['python', 'php', 'shell', 'published'].flatMap((name) =>
  (
    JSON.parse(readFileSync(new URL(`known-answers/${name}.json`, import.meta.url), 'utf8')) as {
      hash: string;
    }[]
  ).map(({ hash }) => hash),
);

const BY_LOOK = FORMATS.filter(({ onlyNamed }) => !onlyNamed);

function claimants(text: string): readonly string[] {
  return BY_LOOK.filter((format) => format.read(text, []) !== null).map(({ name }) => name);
}

/** A hash of somebody, cut into, stretched, spliced with another or with odd characters put in. */
const damaged = fc
  .record({
    one: fc.constantFrom(...HASHES),
    other: fc.constantFrom(...HASHES),
    from: fc.nat(200),
    to: fc.nat(200),
    odd: fc.constantFrom(
      '',
      '$',
      ':',
      '|',
      '}',
      '9',
      '2147483648',
      '99999999999',
      '\0',
      '\n',
      'é',
      '🔑',
      ' ',
    ),
  })
  .map(({ one, other, from, to, odd }) => one.slice(0, from) + odd + other.slice(to));

/** Texts made of what hashes are made of. */
const assembled = fc
  .array(
    fc.constantFrom(
      ...['$2y$', '$2b$31$', '$argon2id$v=19$', 'm=4294967295,t=1,p=1', '$6$rounds=999999999$', '$P$', '$S$'],
      ...[
        '{SSHA}',
        '{CRYPT}',
        '{PBKDF2-SHA256}',
        ':pbkdf2:sha512:',
        ':B:',
        '3|',
        'pbkdf2_sha256$',
        'scrypt:',
      ],
      ...[
        'AQAAAA',
        '*',
        '{"secretData":',
        '"{}"',
        '}',
        '2147483648',
        '$',
        ':',
        'a'.repeat(32),
        'A'.repeat(43),
      ],
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

it('gives a text to one format at most', () => {
  fc.assert(
    fc.property(fc.oneof(damaged, assembled, fc.string({ unit: 'binary', maxLength: 300 })), (text) => {
      expect(claimants(text).length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 1500 },
  );
});

it('names the format of every damaged or made-up text, or none, and never throws', () => {
  const settings = ['auto', ...FORMATS.map(({ name }) => name), ...Object.values(RULES)];
  fc.assert(
    fc.property(fc.oneof(damaged, assembled), fc.constantFrom(...settings), (text, setting) => {
      const detected = detect(text, setting);
      expect(['boolean', 'undefined']).toContain(typeof detected?.stored.affordable);
      detect(joinStored({ hash: text, parts: [text, null] }), setting);
    }),
    { numRuns: 1500 },
  );
});

const NESTED = `{"secretData":${'['.repeat(1000)}`;

it.each([
  ['a repeated sign', '$'.repeat(10_240)],
  ['a long salt', `pbkdf2_sha256$1$${'a'.repeat(10_240)}$${'A'.repeat(43)}=`],
  ['long base 64', 'A'.repeat(10_240)],
  ['a long number', `$6$rounds=${'9'.repeat(10_000)}$salt$${'a'.repeat(86)}`],
  ['deep JSON', NESTED],
  ['JSON that is no credential', '{"secretData":"{}","credentialData":"null"}'],
  ['JSON with a prototype', '{"__proto__":{"secretData":"{}"},"credentialData":"{}"}'],
  ['many colons', ':'.repeat(1024)],
  ['a megabyte', 'x'.repeat(1_048_576)],
  ['a NUL', `$2b$12$${'a'.repeat(52)}\0`],
])('refuses %s at once', (_, text) => {
  const before = process.cpuUsage();
  for (const format of FORMATS) if (format.name !== 'plain') expect(detect(text, format.name)).toBeNull();
  expect(detect(text, 'auto')).toBeNull();
  // In microseconds of the processor: minutes would be a regular expression that backtracks.
  expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
});
