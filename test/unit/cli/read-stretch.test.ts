import { expect, it } from '@jest/globals';
import { readStretch } from '../../../src/cli/read-stretch.ts';

const NOW = new Date('2026-03-01T12:00:00Z');

function read(options: Readonly<Record<string, string>>): ReturnType<typeof readStretch> {
  return readStretch({ args: [], options }, NOW);
}

it.each([
  ['90m', '2026-03-01T10:30:00.000Z'],
  ['8h', '2026-03-01T04:00:00.000Z'],
  ['3d', '2026-02-26T12:00:00.000Z'],
  ['2026-02-28', '2026-02-28T00:00:00.000Z'],
  ['2026-02-28T22:00+01:00', '2026-02-28T21:00:00.000Z'],
  ['2026-02-28T22:00:01.5Z', '2026-02-28T22:00:01.500Z'],
])('takes %s for a time', (text, moment) => {
  expect(read({ since: text, until: text })).toMatchObject({
    since: new Date(moment),
    until: new Date(moment),
  });
});

it.each(['', '8', '8 h', 'yesterday', '2026-02-28T22:00', '2026-13-01', '-3d', '2026-02-28T22:00:00'])(
  'refuses %j for a time, and names the option',
  (text) => {
    expect(() => read({ since: text })).toThrow(expect.objectContaining({ code: 'TIME_INVALID' }));
    expect(() => read({ since: text })).toThrow(/^--since /);
  },
);

it('leaves out what was not given', () => {
  expect(read({ limit: '7' })).toEqual({ sort: undefined, since: undefined, until: undefined, limit: 7 });
  expect(() => read({ sort: 'sideways' })).toThrow(expect.objectContaining({ code: 'CHOICE_INVALID' }));
});
