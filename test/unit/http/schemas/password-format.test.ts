import { describe, expect, it } from '@jest/globals';
import { nearest } from '../../../../config/nearest.ts';
import { WEAK_FORMAT_WORDS } from '../../../../connectors/contract/definition.ts';
import { partColumns, secretsOf } from '../../../../connectors/contract/password-format.ts';
import { parseProviderDefinition } from '../../../../src/http/schemas/provider-definition.ts';

const minimal = {
  name: 'acme-hr',
  connector: 'postgres',
  connection: { host: 'db.acme.example', database: 'hr', user: 'tributary', password: 'pw' },
  source: { table: 'public.users', key: ['id'] },
  mapping: { username: 'login' },
};
const pepper = { environment: 'TRIBUTARY_PEPPER_SHOP' };

function read(format: unknown, password: object = {}, mapping: object = {}) {
  const document = {
    ...minimal,
    mapping: { ...minimal.mapping, ...mapping },
    password: { column: 'pw', format, ...password },
  };
  return parseProviderDefinition(document, nearest);
}

function problems(...given: Parameters<typeof read>): string[] {
  const result = read(...given);
  return result.ok ? [] : result.problems.map(({ path, code }) => `${path}: ${code}`);
}

function formatOf(format: unknown) {
  const result = read(format);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value.definition.password?.format ?? '';
}

describe('password.format', () => {
  it('is auto unless it says something', () => {
    expect(formatOf(undefined)).toBe('auto');
    expect(formatOf('md5-hex')).toBe('md5-hex');
  });

  it('fills a digest in, in the order that most applications have', () => {
    const filled = { saltEncoding: 'text', separator: '', encoding: 'hex', rounds: 1, characters: 'utf-8' };
    expect(formatOf({ digest: 'md5' })).toEqual({
      ...filled,
      digest: 'md5',
      order: 'password',
      salt: 'none',
    });
    expect(formatOf({ digest: 'sha1', salt: { column: 's' } })).toMatchObject({ order: 'salt + password' });
    expect(formatOf({ digest: 'sha1', salt: 'suffix', key: 'salt' })).toMatchObject({ order: 'password' });
  });

  it('knows the columns and variables of every kind of rule', () => {
    const kinds: [object, string[], string[]][] = [
      [{ digest: 'md5', salt: { column: 's' }, order: 'salt + pepper + password', pepper }, ['s'], ['SHOP']],
      [{ pbkdf2: 'sha256', iterations: 1000, salt: { column: 's' } }, ['s'], []],
      [{ name: 'bcrypt', pepper }, [], ['SHOP']],
      [{ name: 'discourse', salt: { column: 's' }, algorithm: { column: 'a' } }, ['s', 'a'], []],
      [{ name: 'keycloak', credentialData: { column: 'c' } }, ['c'], []],
      [
        {
          name: 'firebase-scrypt',
          signerKey: pepper,
          saltSeparator: 'Bw==',
          rounds: 8,
          memoryCost: 14,
          salt: { column: 's' },
        },
        ['s'],
        ['SHOP'],
      ],
    ];
    for (const [rule, columns, variables] of kinds) {
      expect(partColumns(formatOf(rule))).toEqual(columns);
      expect(secretsOf(formatOf(rule))).toEqual(variables.map((name) => `TRIBUTARY_PEPPER_${name}`));
    }
  });

  it.each([
    [7, ['password.format: WRONG_TYPE']],
    [[], ['password.format: WRONG_TYPE']],
    [{}, ['password.format: WRONG_TYPE']],
    [{ name: 'rot13' }, ['password.format: WRONG_TYPE']],
    [{ name: 'constructor' }, ['password.format: WRONG_TYPE']],
    [{ digest: 'md4' }, ['password.format.digest: VALUE_NOT_ALLOWED']],
    [{ digest: 'md5', slat: 'none' }, ['password.format.slat: UNKNOWN_KEY']],
    [{ digest: 'md5', order: 'salt + password' }, ['password.format.order: ORDER_INVALID']],
    [{ digest: 'md5', salt: 'prefix', order: 'password' }, ['password.format.order: ORDER_INVALID']],
    [{ digest: 'md5', salt: 'prefix', order: 'salt' }, ['password.format.order: ORDER_INVALID']],
    [{ digest: 'md5', order: 'eval(password)' }, ['password.format.order: ORDER_INVALID']],
    [{ digest: 'md5', pepper }, ['password.format.order: ORDER_INVALID']],
    [{ digest: 'sha1', salt: 'suffix', key: 'salt', rounds: 2 }, ['password.format.order: ORDER_INVALID']],
    [{ digest: 'md5', rounds: 2 ** 31 }, ['password.format.rounds: OUT_OF_BOUNDS']],
    [{ pbkdf2: 'sha1', iterations: 5 }, ['password.format.salt: RULE_INCOMPLETE']],
    [{ pbkdf2: 'sha1', salt: 'prefix' }, ['password.format.iterations: MISSING']],
    [
      { name: 'bcrypt', pepper: { environment: 'TRIBUTARY_SECRET_KEY' } },
      ['password.format.pepper.environment: VARIABLE_NOT_ALLOWED'],
    ],
    [{ name: 'bcrypt', pepper: 'in the clear' }, ['password.format.pepper: WRONG_TYPE']],
  ])('refuses %j', (format, expected) => {
    expect(problems(format)).toEqual(expected);
  });

  it('never has its columns mapped', () => {
    const format = { digest: 'md5', salt: { column: 'salt' } };
    expect(problems(format, {}, { displayName: 'salt' })).toEqual([
      'mapping.displayName: PASSWORD_COLUMN_MAPPED',
    ]);
  });
});

describe('password.writeBack.weakFormatAccepted', () => {
  const accepting = (words: unknown) => ({ writeBack: { enabled: true, weakFormatAccepted: words } });

  it('takes the very words and nothing else', () => {
    expect(problems('md5-hex', accepting(WEAK_FORMAT_WORDS))).toEqual([]);
    for (const words of [true, 'yes', WEAK_FORMAT_WORDS.toUpperCase()])
      expect(problems('md5-hex', accepting(words))).toEqual([
        'password.writeBack.weakFormatAccepted: VALUE_NOT_ALLOWED',
      ]);
  });
});
