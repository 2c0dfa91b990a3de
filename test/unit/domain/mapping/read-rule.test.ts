import { describe, expect, it } from '@jest/globals';
import type { FieldRule } from '../../../../connectors/contract/definition.ts';
import { readRule } from '../../../../src/domain/mapping/read-rule.ts';
import { aRecord } from '../../../support/builders.ts';

function read(rule: FieldRule, values: Record<string, string | null>): string | null {
  const stepped = readRule(rule, aRecord('1', values));
  return 'fault' in stepped ? `!${stepped.fault.code}` : stepped.value;
}

describe('reading by a rule', () => {
  const joined: FieldRule = { columns: ['title', 'first', 'last'], join: ' ', transform: [] };

  it('joins what holds something, without doubling the joint', () => {
    expect(read(joined, { title: 'Dr', first: 'Ada', last: 'Byron' })).toBe('Dr Ada Byron');
    expect(read(joined, { title: null, first: ' ', last: 'Byron' })).toBe('Byron');
    expect(read(joined, { title: null, first: '', last: null })).toBeNull();
  });

  it('takes the first that holds something', () => {
    const rule: FieldRule = { coalesce: ['mail', 'mail2'], transform: ['trim', 'lower'], default: 'none' };
    expect(read(rule, { mail: '', mail2: ' B@X ' })).toBe('b@x');
    expect(read(rule, { mail: 'A', mail2: 'B' })).toBe('a');
    expect(read(rule, { mail: null, mail2: '  ' })).toBe('none');
  });

  it('puts the default in the place of nothing, also where a transform leaves nothing', () => {
    const rule: FieldRule = { column: 'x', transform: [{ emptyIf: ['-'] }], default: 'd' };
    expect([read(rule, { x: null }), read(rule, { x: '-' }), read(rule, { x: '' })]).toEqual(['d', 'd', '']);
  });

  it('does not take a column that was not read for an empty one', () => {
    const { last: _, ...values } = aRecord('1', { title: '', first: '', last: '' }).values;
    const partial = { ...aRecord('1'), values };
    expect(readRule(joined, partial)).toMatchObject({ fault: { code: 'COLUMN_NOT_READ' } });
    const inherited: FieldRule = { column: 'constructor', transform: [], default: 'd' };
    expect(readRule(inherited, partial)).toMatchObject({ fault: { code: 'COLUMN_NOT_READ' } });
  });
});
