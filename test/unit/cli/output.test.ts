import { describe, expect, it } from '@jest/globals';
import { Output, printable } from '../../../src/cli/output.ts';
import { wrap } from '../../../src/cli/wrap.ts';

const HEADS = ['NAME', 'STATE', 'ERROR'];
const ROWS = [
  ['acme-hr', 'done', ''],
  ['acme-sales', 'failed', 'SOURCE_UNREACHABLE'],
];

function table(width: number | null, colour = false): string {
  return new Output({ json: false, colour, width }).table(HEADS, ROWS, 'None.');
}

describe('a table', () => {
  it('stands under its heads where there is room, and leaves no blanks behind', () => {
    const lines = table(80).split('\n');
    expect(lines).toEqual([
      'NAME        STATE   ERROR',
      'acme-hr     done',
      'acme-sales  failed  SOURCE_UNREACHABLE',
    ]);
    expect(table(null)).toBe(table(80));
  });

  it('is told row by row on a narrow terminal, colours not counted', () => {
    expect(table(37)).toBe(
      [
        'name   acme-hr',
        'state  done',
        '',
        'name   acme-sales',
        'state  failed',
        'error  SOURCE_UNREACHABLE',
      ].join('\n'),
    );
    expect(table(38, true)).toContain('acme-sales  failed  SOURCE_UNREACHABLE');
  });
});

it('words are not broken when text is', () => {
  expect(wrap('one two threefour five', { width: 10, indent: '  ' })).toBe('  one two\n  threefour\n  five');
});

it('what comes from a database steers no terminal', () => {
  expect(printable('a\u001B[2Jb\u0007c\u200Ed')).toBe('a\uFFFD[2Jb\uFFFDc\uFFFDd');
});
