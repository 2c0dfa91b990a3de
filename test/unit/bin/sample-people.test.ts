import { parse } from 'yaml';
import { describe, expect, it } from '@jest/globals';
import { fingerprintOf, type RecordKey } from '../../../connectors/contract/record.ts';
import { Secret } from '../../../connectors/contract/secret.ts';
import { sampleDefinition } from '../../../src/bin/demo/definition.ts';
import { NAMED_PEOPLE, PEOPLE, samplePeople, UNMAPPABLE_PEOPLE } from '../../../src/bin/demo/people.ts';
import { TEMPORARY_PASSWORDS } from '../../../src/bin/demo/temporary-passwords.ts';
import { mapRecord } from '../../../src/domain/mapping/map-record.ts';
import { usernameKey } from '../../../src/domain/profiles/identifiers.ts';
import { parseProviderDefinition } from '../../../src/http/schemas/provider-definition.ts';
import { createPasswordHasher } from '../../../src/passwords/create-hasher.ts';

const people = samplePeople();
const parsed = parseProviderDefinition(
  parse(sampleDefinition({ host: '127.0.0.1', port: 5432 })),
  () => null,
);

it('gives the same thousand people each time', () => {
  expect(people).toHaveLength(PEOPLE);
  expect(samplePeople()).toEqual(people);
  expect(new Set(people.map(({ id }) => id)).size).toBe(PEOPLE);
  expect(new Set(people.map(({ login }) => login)).size).toBe(PEOPLE);
});

it('has people of every kind', () => {
  const count = (test: (person: (typeof people)[number]) => boolean): number => people.filter(test).length;
  expect(count(({ must_change }) => must_change)).toBeGreaterThan(50);
  expect(count(({ active }) => !active)).toBeGreaterThan(30);
  expect(count(({ invited, pw_hash }) => invited && pw_hash === null)).toBeGreaterThan(15);
  expect(count(({ invited }) => invited)).toBeLessThan(100);
  for (const script of [
    /\p{Script=Cyrillic}/u,
    /\p{Script=Greek}/u,
    /\p{Script=Arabic}/u,
    /\p{Script=Han}/u,
    /[åäö]/,
  ])
    expect(
      count(({ first_name, last_name }) => script.test(`${first_name ?? ''} ${last_name ?? ''}`)),
    ).toBeGreaterThan(5);
  expect(new Set(people.map(({ language }) => language))).toEqual(new Set(['sv', 'en', null]));
  expect(people.every(({ mail }) => mail === null || mail.includes('acme.example'))).toBe(true);
});

it('maps everybody but those who are meant not to be', () => {
  if (!parsed.ok)
    throw new Error('the definition of the sample customer is refused', { cause: parsed.problems });
  const { definition } = parsed.value;
  const faulty = people.filter((person) => {
    const values = Object.fromEntries(
      Object.entries(person).map(([name, value]) => [name, value === null ? null : String(value)]),
    );
    const key = String(person.id) as RecordKey;
    return !mapRecord(definition, {
      key,
      values,
      passwordHash: null,
      fingerprint: fingerprintOf([key]),
      problems: [],
    }).ok;
  });
  const names = people.map(({ login }) => usernameKey(login));
  const namesakes = names.filter((name, at) => names.indexOf(name) !== at).length;
  expect(namesakes).toBe(1);
  expect(faulty.length + namesakes).toBe(UNMAPPABLE_PEOPLE);
  expect(faulty.every(({ id }) => id > PEOPLE - UNMAPPABLE_PEOPLE)).toBe(true);
});

describe('temporary passwords', () => {
  it('are of several formats, and each opens its hash', async () => {
    await using hasher = createPasswordHasher();
    for (const { password, format, hash } of TEMPORARY_PASSWORDS) {
      const verified = await hasher.verify(new Secret(password), new Secret(hash), 'auto');
      expect(verified).toMatchObject({ result: 'match', format });
    }
    expect(new Set(TEMPORARY_PASSWORDS.map(({ format }) => format)).size).toBeGreaterThanOrEqual(6);
  });

  it('are told for the people whom the demo introduces', () => {
    for (const { login, password } of NAMED_PEOPLE) {
      const row = people.find((person) => person.login === login);
      expect(TEMPORARY_PASSWORDS.find(({ hash }) => hash === row?.pw_hash)?.password ?? null).toBe(password);
    }
  });
});
