import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Transform } from '../../../../connectors/contract/definition.ts';
import { transformValue } from '../../../../src/domain/mapping/transform-value.ts';

/** The value, or the code of the fault. */
function apply(value: string | null, ...transforms: Transform[]): string | null {
  const stepped = transformValue(value, transforms);
  return 'fault' in stepped ? `!${stepped.fault.code}` : stepped.value;
}

describe('transforms', () => {
  it.each<[string | null, Transform[], string | null]>([
    ['  Ada  ', ['trim'], 'Ada'],
    [' Anna   Karin\u00A0\tO ', ['collapse'], 'Anna Karin O'],
    ['ADA', ['lower'], 'ada'],
    ['İSTANBUL', ['lower'], 'i̇stanbul'],
    ['straße', ['upper'], 'STRASSE'],
    ["ANNA-KARIN O'NEIL", ['title'], "Anna-Karin O'Neil"],
    ['élodie de la tour', ['title'], 'Élodie De La Tour'],
    ['e\u0301', ['normalize'], 'é'],
    ['Žižek Łódź Ærø Straße Þór Ångström', ['removeDiacritics'], 'Zizek Lodz Aero Strasse Thor Angstrom'],
    ['Юрий 山田', ['removeDiacritics'], 'Юрии 山田'],
    ['a,b,c', [{ split: { by: ',', take: 2 } }], 'b'],
    ['a,b,c', [{ split: { by: ',', take: -1 } }], 'c'],
    ['a,b,c', [{ split: { by: ',', take: 4 } }], null],
    ['070-12 34-5', [{ replace: { from: '-', to: '' } }], '07012 345'],
    ['a.b.c', [{ replace: { from: '.', to: '$&' } }], 'a$&b$&c'],
    ['CORP\\ada', [{ removePrefix: 'CORP\\' }], 'ada'],
    ['ada', [{ removePrefix: 'CORP\\' }], 'ada'],
    ['ada@corp.example', [{ removeSuffix: '@corp.example' }], 'ada'],
    ['17', [{ addPrefix: 'emp-' }], 'emp-17'],
    ['', [{ addSuffix: '@corp.example' }], ''],
    [null, [{ addSuffix: '@corp.example' }], null],
    [' N/A ', [{ emptyIf: ['N/A', '-'] }], null],
    ['👩‍🚀👩‍🚀', [{ truncate: 2 }], '👩‍'],
    ['A', [{ switch: { A: 'active', default: 'other' } }], 'active'],
    ['a', [{ switch: { A: 'active', default: 'other' } }], 'other'],
    [null, [{ switch: { A: 'active', default: 'other' } }], 'other'],
    [null, [{ switch: { A: 'active' } }], null],
    ['B', [{ switch: { A: 'active' } }], '!SWITCH_NO_CASE'],
    ['X', [{ switch: { X: null } }], null],
    ['toString', [{ switch: { A: 'active' } }], '!SWITCH_NO_CASE'],
    ['default', [{ switch: { A: 'active' } }], '!SWITCH_NO_CASE'],
    ['Ja', ['boolean'], 'true'],
    ['NEIN', ['boolean'], 'false'],
    ['perhaps', ['boolean'], '!BOOLEAN_UNCLEAR'],
    ['open', [{ boolean: { true: ['Open'], false: ['shut'] } }], 'true'],
    ['ajar', [{ boolean: { true: ['Open'], false: ['shut'] } }], '!BOOLEAN_UNCLEAR'],
    ['1', ['not'], 'false'],
    ['0', ['not'], 'true'],
    [null, ['not'], null],
    [null, ['isEmpty'], 'true'],
    ['  ', ['isEmpty'], 'true'],
    ['2026-01-01', ['isEmpty'], 'false'],
    ['0000-00-00 00:00:00', ['date', 'isEmpty'], 'true'],
    [null, ['isSet'], 'false'],
    ['x', ['isSet'], 'true'],
    ['  A.B ', ['trim', { replace: { from: '.', to: '' } }, 'lower'], 'ab'],
    ['perhaps', ['boolean', 'upper'], '!BOOLEAN_UNCLEAR'],
  ])('%j through %j is %j', (value, transforms, expected) => {
    expect(apply(value, ...transforms)).toBe(expected);
  });

  it('never makes texts without end', () => {
    const grow: Transform = { replace: { from: 'a', to: 'a'.repeat(500) } };
    expect(apply('a'.repeat(500), grow, grow, grow, grow)).toBe('!VALUE_TOO_LONG');
  });

  it('does the same twice as once, where that is meant', () => {
    const settled = fc.constantFrom<Transform>(
      'trim',
      'collapse',
      'lower',
      'normalize',
      'removeDiacritics',
      'date',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), settled, (text, transform) => {
        const once = apply(text, transform);
        if (once?.startsWith('!') !== true) expect(apply(once, transform)).toBe(once);
      }),
    );
  });

  it('takes apart what was joined', () => {
    const part = fc.string().filter((text) => !text.includes(';'));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (parts) => {
        const text = parts.join(';');
        parts.forEach((each, at) => {
          expect(apply(text, { split: { by: ';', take: at + 1 } })).toBe(each);
          expect(apply(text, { split: { by: ';', take: at - parts.length } })).toBe(each);
        });
      }),
    );
  });

  it('leaves no mark on letters that have one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(apply(text, 'removeDiacritics')).not.toMatch(/\p{Mn}/u);
      }),
    );
  });
});

describe('dates', () => {
  it.each([
    ['2026-03-01', '2026-03-01'],
    ['2026/3/1', '2026-03-01'],
    ['20260301', '2026-03-01'],
    ['2026-03-01 9:05', '2026-03-01T09:05:00'],
    ['2026-03-01 09:05:07.123456+01', '2026-03-01T09:05:07.123456+01:00'],
    ['2026-03-01T09:05:07Z', '2026-03-01T09:05:07Z'],
    ['2026-03-01 09:05:07+0530', '2026-03-01T09:05:07+05:30'],
    ['31.12.2026', '2026-12-31'],
    ['03.04.2026', '2026-04-03'],
    ['31/12/2026', '2026-12-31'],
    ['12/31/2026', '2026-12-31'],
    ['05/05/2026', '2026-05-05'],
    ['1772323200', '2026-03-01T00:00:00Z'],
    ['1772323200123', '2026-03-01T00:00:00.123Z'],
    ['2024-02-29', '2024-02-29'],
    ['', null],
    ['0000-00-00', null],
    ['0000-00-00 00:00:00.000000', null],
    ['infinity', null],
    ['-infinity', null],
    ['03/04/2026', '!DATE_UNCLEAR'],
    ['2025-02-29', '!DATE_UNCLEAR'],
    ['2026-13-01', '!DATE_UNCLEAR'],
    ['2026-00-10', '!DATE_UNCLEAR'],
    ['2026-03-01 24:05', '!DATE_UNCLEAR'],
    ['294276-12-31', '!DATE_UNCLEAR'],
    ['yesterday', '!DATE_UNCLEAR'],
  ])('%j is %j', (text, expected) => {
    expect(apply(text, 'date')).toBe(expected);
  });

  it('takes the order that it is told', () => {
    expect(apply('03/04/2026', { date: 'dmy' })).toBe('2026-04-03');
    expect(apply('03/04/2026', { date: 'mdy' })).toBe('2026-03-04');
    expect(apply('31/12/2026', { date: 'mdy' })).toBe('!DATE_UNCLEAR');
  });

  it('reads every day however it is written', () => {
    const days = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [year = '', month = '', day = ''] = iso.split('-');
        expect(apply(iso, 'date')).toBe(iso);
        expect(apply(`${year}${month}${day}`, 'date')).toBe(iso);
        expect(apply(`${day}.${month}.${year}`, 'date')).toBe(iso);
        expect(apply(`${day}/${month}/${year}`, { date: 'dmy' })).toBe(iso);
        expect(apply(`${month}/${day}/${year}`, { date: 'mdy' })).toBe(iso);
      }),
    );
  });
});
