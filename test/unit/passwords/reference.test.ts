import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { KNOWN_FORMATS } from '../../../src/passwords/format-names.ts';

const page = readFileSync(new URL('../../../docs/reference/password-formats.md', import.meta.url), 'utf8');
const rows = new Map(
  [...page.matchAll(/^\| `([a-z0-9-]+)` +\|((?:[^|\n]*\|){3}[^|\n]*)\|$/gm)].map(
    ([, name = '', cells = '']) => [name, cells.split('|').map((cell) => cell.trim())],
  ),
);

it('has a row for every format and for nothing else', () => {
  expect([...rows.keys()].sort()).toEqual(KNOWN_FORMATS.map(({ name }) => name).sort());
});

it.each(KNOWN_FORMATS)('says of $name what is true', ({ name, description, weak, onlyNamed }) => {
  expect(rows.get(name)).toEqual([
    description,
    onlyNamed ? 'when named' : 'yes',
    weak ? 'once accepted' : 'yes',
    weak ? 'yes' : 'no',
  ]);
});
