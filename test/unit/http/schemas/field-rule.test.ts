import { describe, expect, it } from '@jest/globals';
import { nearest } from '../../../../config/nearest.ts';
import { parseProviderDefinition } from '../../../../src/http/schemas/provider-definition.ts';

function parse(rule: unknown, password: object = {}) {
  return parseProviderDefinition(
    {
      name: 'acme-hr',
      connector: 'postgres',
      connection: { host: 'db.acme.example', database: 'hr', user: 'tributary' },
      source: { table: 'users', key: ['id'] },
      mapping: { username: 'login', displayName: rule },
      password: { column: 'pw', ...password },
    },
    nearest,
  );
}

function ruleOf(rule: unknown): unknown {
  const read = parse(rule);
  return read.ok ? read.value.definition.mapping.displayName : read.problems;
}

function problemsOf(rule: unknown, password?: object): string[] {
  const read = parse(rule, password);
  return read.ok ? [] : read.problems.map(({ path, code }) => `${path}: ${code}`);
}

describe('a rule', () => {
  it.each<[unknown, unknown]>([
    ['nick', { column: 'nick', transform: [] }],
    [
      { column: 'nick', transform: 'trim' },
      { column: 'nick', transform: ['trim'] },
    ],
    [{ columns: ['first', 'last'] }, { columns: ['first', 'last'], join: ' ', transform: [] }],
    [
      { coalesce: ['nick', 'first'], default: 'nobody' },
      { coalesce: ['nick', 'first'], transform: [], default: 'nobody' },
    ],
    [
      { column: 'on', default: false },
      { column: 'on', transform: [], default: 'false' },
    ],
    [
      { column: 'state', transform: [{ switch: { A: true, I: false, default: null } }] },
      { column: 'state', transform: [{ switch: { A: 'true', I: 'false', default: null } }] },
    ],
    [
      { column: 'state', transform: [{ boolean: { true: 'J', false: ['N', 'X'] } }, 'not'] },
      { column: 'state', transform: [{ boolean: { true: ['J'], false: ['N', 'X'] } }, 'not'] },
    ],
    [
      { column: 'dn', transform: { split: { by: ',' } } },
      { column: 'dn', transform: [{ split: { by: ',', take: 1 } }] },
    ],
    [
      { column: 'dn', transform: [{ emptyIf: '-' }, { date: 'dmy' }, 'date', { truncate: 10 }] },
      { column: 'dn', transform: [{ emptyIf: ['-'] }, { date: 'dmy' }, 'date', { truncate: 10 }] },
    ],
    [{ expression: 'record.a' }, { expression: 'record.a', transform: [] }],
    [{ value: 'x' }, { value: 'x' }],
  ])('%j is read as %j', (written, read) => {
    expect(ruleOf(written)).toEqual(read);
  });

  it('is the same when what was read is written again', () => {
    const written = {
      columns: ['a', 'b'],
      join: '-',
      transform: ['trim', { split: { by: '-', take: -1 } }, { switch: { x: 'y', default: null } }],
    };
    expect(ruleOf(ruleOf(written))).toEqual(ruleOf(written));
  });

  it.each<[unknown, readonly string[]]>([
    [7, ['mapping.displayName: WRONG_TYPE']],
    [['a'], ['mapping.displayName: WRONG_TYPE']],
    [{}, ['mapping.displayName.column: MISSING']],
    [{ column: 'a', columns: ['b'] }, ['mapping.displayName.column: UNKNOWN_KEY']],
    [{ columns: [] }, ['mapping.displayName.columns: EMPTY']],
    [{ columns: ['a', ''] }, ['mapping.displayName.columns[1]: EMPTY']],
    [{ column: 'a', transform: ['upcase'] }, ['mapping.displayName.transform[0]: VALUE_NOT_ALLOWED']],
    [{ column: 'a', transform: ['split'] }, ['mapping.displayName.transform[0]: VALUE_NOT_ALLOWED']],
    [{ column: 'a', transform: [['trim']] }, ['mapping.displayName.transform[0]: VALUE_NOT_ALLOWED']],
    [
      { column: 'a', transform: [{ trim: 1, lower: 1 }] },
      ['mapping.displayName.transform[0]: VALUE_NOT_ALLOWED'],
    ],
    [{ column: 'a', transform: [{ spilt: 1 }] }, ['mapping.displayName.transform[0].spilt: UNKNOWN_KEY']],
    [
      { column: 'a', transform: [{ split: { by: '', take: 0, of: 1 } }] },
      [
        'mapping.displayName.transform[0].split.by: EMPTY',
        'mapping.displayName.transform[0].split.take: OUT_OF_BOUNDS',
        'mapping.displayName.transform[0].split.of: UNKNOWN_KEY',
      ],
    ],
    [
      { column: 'a', transform: [{ replace: { from: 'x' } }] },
      ['mapping.displayName.transform[0].replace.to: MISSING'],
    ],
    [{ column: 'a', transform: [{ switch: {} }] }, ['mapping.displayName.transform[0].switch: EMPTY']],
    [
      { column: 'a', transform: [{ date: 'ymd' }] },
      ['mapping.displayName.transform[0].date: VALUE_NOT_ALLOWED'],
    ],
    [{ column: 'a', transform: Array(21).fill('trim') }, ['mapping.displayName.transform: OUT_OF_BOUNDS']],
    [{ columns: ['a', 'pw'], join: '' }, ['mapping.displayName: PASSWORD_COLUMN_MAPPED']],
    [{ coalesce: ['pw'] }, ['mapping.displayName: PASSWORD_COLUMN_MAPPED']],
  ])('%j is refused', (written, problems) => {
    expect(problemsOf(written)).toEqual(problems);
  });

  it('does not read hashes to set a flag either', () => {
    expect(problemsOf('nick', { forceReset: { column: 'pw', transform: 'isEmpty' } })).toEqual([
      'password.forceReset: PASSWORD_COLUMN_MAPPED',
    ]);
  });

  it('says what a mistyped name was meant to be', () => {
    const read = parse({ column: 'a', transform: [{ replase: { from: 'a', to: '' } }] });
    expect(read.ok ? [] : read.problems[0]?.remedy).toBe('Did you mean replace?');
    const inside = parse({ column: 'a', transform: [{ replace: { form: 'a', to: '' } }] });
    const remedies = inside.ok ? [] : inside.problems.map(({ remedy }) => remedy);
    expect(remedies).toContain('Did you mean from?');
  });
});
