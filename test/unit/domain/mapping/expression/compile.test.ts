import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compile, MOST_EXPRESSION } from '../../../../../src/domain/mapping/expression/compile.ts';
import { costOf, MOST_COST } from '../../../../../src/domain/mapping/expression/cost.ts';

function typeOf(text: string): string {
  const compiled = compile(text);
  return compiled.ok ? compiled.expression.type : compiled.faults.map(({ code }) => code).join();
}

function faultsOf(text: string): readonly (readonly [at: number, message: string, remedy: string])[] {
  const compiled = compile(text);
  return compiled.ok ? [] : compiled.faults.map(({ at, message, remedy }) => [at, message, remedy]);
}

describe('an expression', () => {
  it.each([
    ["record.first_name + ' ' + record.last_name", 'string'],
    ["record['first name']", 'string'],
    ["record.status == 'A'", 'bool'],
    ["record.status in ['A', 'B'] && !yes(record.deleted)", 'bool'],
    ['int(record.failures) < 5', 'bool'],
    ['double(record.weight) > 1.5 ? "heavy" : "light"', 'string'],
    ["record.mail.matchesRE2('^[a-z]+@')", 'bool'],
    ["record.groups.split(',').exists(g, g.trim() == 'staff')", 'bool'],
    ["record.groups.split(',').map(g, g.trim().lower()).join(';')", 'string'],
    ['string(size(record.name))', 'string'],
    ["coalesce(record.mail, record.mail2, 'nobody@example.org')", 'string'],
    ["record.dn.split(',')[0].removePrefix('CN=')", 'string'],
    ["date(record.expires) > '2026-01-01'", 'bool'],
    ['isSet(record.a) || isEmpty(record.b)', 'bool'],
    ["'${7*7}'", 'string'],
    ["'{{7*7}}<%= 7 %>'", 'string'],
    ['record.constructor', 'string'],
  ])('%s is accepted and makes a %s', (text, type) => {
    expect(typeOf(text)).toBe(type);
  });

  it.each<[string, number, RegExp, RegExp]>([
    ['record.age + 1', 11, /no such overload: string \+ int/, /int\(record/],
    ['record.name == null', 12, /string == null/, /isEmpty/],
    ['record.on == true', 10, /string == bool/, /yes\(record/],
    ['record.on && true', 10, /bool/, /yes\(record/],
    ['!record.on', 0, /string/, /yes\(record/],
    ["record.a ? 'x' : 'y'", 0, /must be bool/, /yes\(record/],
    ["record.a = 'x'", 9, /unexpected character: =/, /==/],
    ['record.a ==', 11, /ends too early/, /^$/],
    ['record.namn + record.förnamn', 22, /unexpected character/, /record\['name'\]/],
    ['recrd.a', 0, /unknown variable: recrd/, /record\.name/],
    ["record.a.matches('(a+)+$')", 9, /matches\(\) is not part/, /matchesRE2/],
    ['has(record.a)', 0, /has\(\) is not part/, /isSet/],
    ["record.a.matchesRE2('(?=x)')", 20, /no pattern of RE2/, /look-around/],
    ["record.a.matchesRE2('((a{100}){100}){100}')", 20, /no pattern of RE2/, /1000/],
    ['record.a.matchesRE2(record.b)', 20, /written out/, /^$/],
    ['record[record.a]', 0, /written out/, /record\['name'\]/],
    ['record', 0, /no value by itself/, /record\.name/],
    ["'a' in record", 7, /no value by itself/, /record\.name/],
    ["record.a.split(',').map(record, 'x')", 24, /record is taken/, /another name/],
    ['dyn(record.a) + 1', 0, /dyn\(\) is not part/, /Available/],
    ["{'a': record.a}", 0, /maps/, /^$/],
    ['cel.bind(x, record.a, x + x)', 4, /bind\(\) is not part/, /Write the part out/],
    ['record.a.foo()', 9, /foo\(\) is not part/, /Available/],
    ['this.constructor', 0, /unknown variable/, /record/],
    ['', 0, /ends too early/, /^$/],
  ])('%s is refused at %i', (...[text, at, message, remedy]) => {
    const [fault, ...others] = faultsOf(text);
    expect(others).toEqual([]);
    expect(fault?.[0]).toBe(at);
    expect(fault?.[1]).toMatch(message);
    expect(fault?.[2]).toMatch(remedy);
  });

  it.each([
    "constructor.constructor('return process')()",
    "record.constructor.constructor('return process')()",
    "''.constructor",
    "''['constructor']",
    '__proto__',
    'record.a.__proto__',
    "record.a['constructor']",
    'process.env',
    'globalThis',
    'google',
    'cel',
  ])('%s leads nowhere outside the record', (text) => {
    const compiled = compile(text);
    expect(compiled.ok && compiled.expression.type === 'string').toBe(false);
  });

  it('names every refused part at once', () => {
    expect(faultsOf("has(record.a) && record.b.matches('x') && dyn(record.c)")).toHaveLength(3);
  });

  it('finds the columns it reads, each where it is read', () => {
    const compiled = compile("record.a + record['b c'] + record.list.split(',').map(x, x + record.d)[0]");
    expect(compiled.columns).toEqual([
      { name: 'a', start: 0 },
      { name: 'b c', start: 11 },
      { name: 'list', start: 27 },
      { name: 'd', start: expect.any(Number) },
    ]);
  });

  it('finds the columns also of an expression that is refused', () => {
    expect(compile('record.pw + 1').columns.map(({ name }) => name)).toEqual(['pw']);
  });
});

describe('the limits of expressions', () => {
  it.each([
    ['x'.repeat(MOST_EXPRESSION + 1), 'EXPRESSION_INVALID'],
    ['x'.repeat(1_000_000), 'EXPRESSION_INVALID'],
    [`${'('.repeat(2000)}1${')'.repeat(2000)}`, 'EXPRESSION_INVALID'],
    [`${'['.repeat(33)}1${']'.repeat(33)}`, 'EXPRESSION_INVALID'],
    [`${'1+'.repeat(600)}1`, 'EXPRESSION_INVALID'],
    [`record.a in [${Array(201).fill("'x'").join()}]`, 'EXPRESSION_INVALID'],
    [
      "record.a.split('').map(x, record.a.split('').map(y, x + y).join('')).join('')",
      'EXPRESSION_TOO_COSTLY',
    ],
    ["size(record.a.split('').filter(x, x in record.a.split(''))) > 0", 'EXPRESSION_TOO_COSTLY'],
    ["record.a.replace('x', record.a).replace('x', record.a)", 'EXPRESSION_TOO_COSTLY'],
    ["record.a.split('').join(record.a)", 'EXPRESSION_TOO_COSTLY'],
    ["record.a.matchesRE2('(\\\\w{1,100}){1,10}')", 'EXPRESSION_TOO_COSTLY'],
    [`record.a${'.upper()'.repeat(8)}`, 'EXPRESSION_TOO_COSTLY'],
  ])('%.60s… is %s', (text, code) => {
    const before = process.cpuUsage();
    expect(typeOf(text)).toBe(code);
    expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
  });

  it.each([
    "record.a.split('').exists(c, c == record.b)",
    "record.a.split('').map(c, c.upper()).join('-')",
    "record.a.matchesRE2('(a+)+$')",
    "record.a.replace('a', 'bcd').replace('b', 'aa')",
  ])('%s takes no longer than was worked out', (text) => {
    const compiled = compile(text);
    if (!compiled.ok) throw new Error('the expression is accepted');
    expect(costOf(compiled.expression.run.ast)).toBeLessThan(MOST_COST);
    const values = new Map([
      ['a', `${'a'.repeat(3999)}!`],
      ['b', 'b'.repeat(4000)],
    ]);
    compiled.expression.run({ record: values });
    const before = process.cpuUsage();
    compiled.expression.run({ record: values });
    // Twenty times the budget, in microseconds of the processor: what else the machine does is not counted.
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
  });
});

describe('any text at all', () => {
  const token = fc.constantFrom(
    ...[
      'record',
      '.a',
      '.b',
      "['c d']",
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      ',',
      '.',
      '?',
      ':',
      '+',
      '-',
      '*',
      '/',
    ],
    ...['==', '!=', '<', '&&', '||', '!', ' in ', "'x'", '"', '1', '1.5', 'true', 'null', 'b"x"', '//'],
    ...['.split(', '.map(x,', '.join(', '.matches(', '.matchesRE2(', 'string(', 'int(', 'yes(', 'has(', 'x'],
  );

  it('is accepted or refused with a place inside it, and never more than that', () => {
    const text = fc.oneof(
      fc.string(),
      fc.array(token, { maxLength: 20 }).map((tokens) => tokens.join('')),
    );
    fc.assert(
      fc.property(text, (each) => {
        const compiled = compile(each);
        if (compiled.ok) expect(costOf(compiled.expression.run.ast)).toBeLessThanOrEqual(MOST_COST);
        else
          for (const { at, message } of compiled.faults) {
            expect(at).toBeGreaterThanOrEqual(0);
            expect(at).toBeLessThanOrEqual(each.length);
            expect(message).not.toBe('');
          }
      }),
      { numRuns: 2000 },
    );
  });
});
