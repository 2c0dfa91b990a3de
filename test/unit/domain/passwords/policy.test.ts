import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { passwordProblems } from '../../../../src/domain/passwords/policy.ts';
import { loadBlocklist } from '../../../../src/passwords/blocklist.ts';

const PERSON = {
  username: 'asa.lind42',
  email: 'asa.lindqvist@acme.example',
  names: ['Åsa', 'Lindqvist', 'Åsa Lindqvist'],
  productName: 'Tributary',
};
const NOBODY = { username: 'qz', email: null, names: [], productName: 'Tributary' };

let blocklist: ReadonlySet<string>;
beforeAll(async () => {
  blocklist = await loadBlocklist();
});

function codes(password: string, minimum?: number): readonly string[] {
  const requirements = minimum === undefined ? { blocklist } : { blocklist, minimum };
  return passwordProblems(password, PERSON, requirements).map(({ code }) => code);
}

describe('length, in code points after NFC', () => {
  it('takes 15 and refuses 14', () => {
    expect(codes('kvist-mossa-ren')).toEqual([]);
    expect(codes('kvist-mossa-re')).toEqual(['PASSWORD_TOO_SHORT']);
  });

  it('counts an emoji as one, a decomposed letter as one', () => {
    const emoji = '🍎🚲🌲🎻🦊🍋🚀🌵🎲🐙🍄⛵🎈🦉🌙';
    expect(Array.from(emoji)).toHaveLength(15);
    expect(codes(emoji)).toEqual([]);
    expect(codes(Array.from(emoji).slice(1).join(''))).toEqual(['PASSWORD_TOO_SHORT']);
    const decomposed = 'vår kväll öde'.normalize('NFD');
    expect(decomposed.length).toBeGreaterThanOrEqual(15);
    expect(codes(decomposed)).toEqual(['PASSWORD_TOO_SHORT']);
  });

  it('has the limit as a parameter', () => {
    expect(codes('kvist-mo', 8)).toEqual([]);
    const [problem] = passwordProblems('kvist-m', PERSON, { minimum: 8 });
    expect(problem).toEqual({ code: 'PASSWORD_TOO_SHORT', params: { minimum: 8 } });
  });

  it('takes 256 and refuses 257, never cutting', () => {
    const long = Array.from({ length: 257 }, (_, i) => String.fromCodePoint(0x4e00 + i * 7)).join('');
    expect(codes(long.slice(1))).toEqual([]);
    expect(passwordProblems(long, PERSON)).toEqual([{ code: 'PASSWORD_TOO_LONG', params: { maximum: 256 } }]);
  });
});

it('asks nothing about kinds of characters, and leaves spaces alone', () => {
  for (const good of [
    'correct horse battery staple',
    ' leading and trailing ',
    'lammunge under tallen',
    '日本語のパスワードは十五文字以上です',
    '8302 1947 5560 2718',
  ])
    expect({ good, found: codes(good) }).toEqual({ good, found: [] });
});

it.each(['\0', '\t', '\n', '\x1b', '\x7f', '\u0085', '\ud800', '\udfff'])(
  'refuses control characters and half characters (%j)',
  (character) => {
    expect(codes(`kvist-mossa${character}-rent`)).toEqual(['PASSWORD_CONTROL_CHARACTERS']);
  },
);

it.each([
  '1qaz2wsx3edc4rfv',
  'PasswordPassword',
  'momsanaladventure',
  'password1234567',
  'Password1234567890123',
  '!Dragon2024!!!!',
  'ILoveYou!!!!!!!!!!!!',
])('refuses a common password (%s)', (password) => {
  expect(codes(password)).toContain('PASSWORD_COMMON');
});

it('compares the whole password: a common word inside a long one is fine', () => {
  expect(codes('my dragon sleeps on tuesdays')).toEqual([]);
  expect(codes('dragon 83021947556 dx')).toEqual([]);
});

it.each([
  ['the username', 'asa.lind42!!!!!!'],
  ['the username in another case', 'ASA.LIND42-2026-07'],
  ['the e-mail address', 'asa.lindqvist@acme.example'],
  ['its local part', 'asa.lindqvist-83021'],
  ['the names', 'Åsa Lindqvist 1987'],
  ['the names without accents', 'lindqvist asa 1987!'],
  ['a name over and over with digits between', 'Lindqvist1987Lindqvist'],
  ['a name backwards', 'tsivqdnil-1987-06-05'],
  ['the product’s name', 'Tributary2026!!!!'],
  ['product and person', 'tributary-asa-lindqvist'],
])('refuses what is derived from %s', (_, password) => {
  expect(codes(password)).toContain('PASSWORD_PERSONAL');
});

it('takes an own name among other words', () => {
  expect(codes('asa ror sin gamla eka')).toEqual([]);
});

it('refuses a username of digits as such, and not digits that happen to hold it', () => {
  const person = { ...NOBODY, username: '198706051234567' };
  expect(passwordProblems('1987-0605-1234-567', person).map(({ code }) => code)).toContain(
    'PASSWORD_PERSONAL',
  );
  const short = { ...NOBODY, username: '30' };
  expect(passwordProblems('8302194755602718', short)).toEqual([]);
});

it.each([
  'aaaaaaaaaaaaaaa',
  'passwordpassword',
  'abcabcabcabcabcab',
  'xK9!xK9!xK9!xK9!',
  'abcdefghijklmnopq',
  '123456789012345678',
  '987654321098765432',
  'qwertyuiopasdfgh',
  'qwertyuiopåasdfghjklöä',
  'poiuytrewqlkjhgfdsa',
  '1qaz2wsx3edc4rf',
  'aaaaabbbbbcccccddddd',
  '               ',
  '🍎🍎🍎🍎🍎🍎🍎🍎🍎🍎🍎🍎🍎🍎🍎',
])('refuses patterns and runs (%s)', (password) => {
  expect(codes(password)).toContain('PASSWORD_REPETITIVE');
});

it('says everything at once', () => {
  const person = { ...PERSON, username: 'aaaaaaa' };
  expect(passwordProblems('aaaaaaa\n', person, { blocklist }).map(({ code }) => code)).toEqual([
    'PASSWORD_TOO_SHORT',
    'PASSWORD_CONTROL_CHARACTERS',
    'PASSWORD_PERSONAL',
    'PASSWORD_REPETITIVE',
  ]);
});

it('does not care how the same password is composed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      expect(passwordProblems(text.normalize('NFD'), PERSON, { blocklist })).toEqual(
        passwordProblems(text.normalize('NFC'), PERSON, { blocklist }),
      );
    }),
  );
});

it('takes random passwords', () => {
  const letters = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%&/()=?+-_.:,;';
  const random = fc.string({ unit: fc.constantFrom(...Array.from(letters)), minLength: 24, maxLength: 40 });
  // Shrinking leads to `aaaa…`, which is rightly refused: what counts is that chance does not.
  const refused = fc.sample(random, { numRuns: 500, seed: 4 }).filter((text) => codes(text).length > 0);
  expect(refused.length).toBeLessThan(5);
});

it('loads a list of some size, once', async () => {
  expect(blocklist.size).toBeGreaterThan(40_000);
  expect(await loadBlocklist()).toBe(blocklist);
});
