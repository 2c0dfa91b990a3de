import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compile } from '../../../../../src/domain/mapping/expression/compile.ts';
import { evaluate } from '../../../../../src/domain/mapping/expression/evaluate.ts';
import { aRecord } from '../../../../support/builders.ts';

const values = {
  first: 'Ada',
  last: 'Byron',
  middle: null,
  'odd name': 'x',
  age: '36',
  active: 'ja',
  groups: 'staff, admin ,',
  dn: 'CN=Ada,OU=People',
  born: '10.12.1815',
  zero: '0000-00-00',
  long: 'x'.repeat(4001),
};

function evaluated(text: string): string | null {
  const compiled = compile(text);
  if (!compiled.ok) throw new Error(compiled.faults[0].message);
  const stepped = evaluate(compiled.expression, aRecord('1', values));
  return 'fault' in stepped ? `!${stepped.fault.code}` : stepped.value;
}

describe('evaluating', () => {
  it.each([
    ["record.first + ' ' + record.last", 'Ada Byron'],
    ["record.first + record.middle + '!'", 'Ada!'],
    ["record.middle == ''", 'true'],
    ['isSet(record.middle)', 'false'],
    ['isEmpty(record.middle)', 'true'],
    ["record['odd name']", 'x'],
    ['int(record.age) >= 18', 'true'],
    ['string(int(record.age) + 1)', '37'],
    ['yes(record.active)', 'true'],
    ["record.groups.split(',').exists(g, g.trim() == 'admin')", 'true'],
    ["record.groups.split(',').map(g, g.trim()).filter(g, g != '').join(';')", 'staff;admin'],
    ["record.dn.split(',')[0].removePrefix('CN=')", 'Ada'],
    ["record.dn.replace('CN=', '').removeSuffix(',OU=People').upper()", 'ADA'],
    ['date(record.born)', '1815-12-10'],
    ["date(record.zero) == ''", 'true'],
    ['coalesce(record.middle, record.last, record.first)', 'Byron'],
    ["record.first.matchesRE2('^[A-Z][a-z]+$')", 'true'],
    ["record.first.matchesRE2('(?i)^ADA$')", 'true'],
    ["'Łódź é'.removeDiacritics() + ' ' + 'ANNA  K'.collapse().title()", 'Lodz e Anna K'],
  ])('%s is %s', (text, expected) => {
    expect(evaluated(text)).toBe(expected);
  });

  it.each([
    ['int(record.first) > 1', '!EXPRESSION_FAILED'],
    ['1 / int(record.zero.size() > 3 ? "0" : "1") == 1', '!EXPRESSION_FAILED'],
    ["record.first.split(',')[3]", '!EXPRESSION_FAILED'],
    ['9223372036854775807 + int(record.age) > 0', '!EXPRESSION_FAILED'],
    ['yes(record.first)', '!BOOLEAN_UNCLEAR'],
    ['date(record.first)', '!DATE_UNCLEAR'],
    ['record.nowhere', '!COLUMN_NOT_READ'],
    ['record.constructor', '!COLUMN_NOT_READ'],
    ['record.__proto__', '!COLUMN_NOT_READ'],
    ['record.long', '!VALUE_TOO_LONG'],
  ])('%s is a fault of the record: %s', (text, code) => {
    expect(evaluated(text)).toBe(code);
  });

  it('never repeats a value in what it says', () => {
    for (const text of [
      'int(record.first) > 1',
      'yes(record.first)',
      'date(record.first)',
      'double(record.first) > 1.0',
    ]) {
      const compiled = compile(text);
      if (!compiled.ok) throw new Error('is accepted');
      const stepped = evaluate(compiled.expression, aRecord('1', { first: 'canary-value' }));
      expect(JSON.stringify(stepped)).toContain('columns read: first');
      expect(JSON.stringify(stepped)).not.toContain('canary');
    }
  });

  it('does the same with every record, whatever it holds', () => {
    const texts = [
      'record.a + record.b.upper().removeDiacritics()',
      "record.a.split(record.b).map(x, x.trim()).join('-')",
      "int(record.a) > 3 || record.b in ['x', record.a]",
      "record.a.matchesRE2('(a|b)*c') ? record.a.replace(record.b, 'x') : date(record.b)",
    ];
    const value = fc.option(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.integer().map(String)));
    fc.assert(
      fc.property(fc.constantFrom(...texts), value, value, (text, a, b) => {
        const compiled = compile(text);
        if (!compiled.ok) throw new Error(compiled.faults[0].message);
        const once = evaluate(compiled.expression, aRecord('1', { a, b }));
        expect(evaluate(compiled.expression, aRecord('1', { a, b }))).toEqual(once);
        expect('fault' in once || typeof once.value === 'string').toBe(true);
      }),
    );
  });

  it('joins texts as JavaScript does', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (first, last) => {
        const compiled = compile("record.first + ' ' + record.last");
        if (!compiled.ok) throw new Error('is accepted');
        const stepped = evaluate(compiled.expression, aRecord('1', { first, last }));
        expect(stepped).toEqual({ value: `${first} ${last}` });
      }),
    );
  });
});
