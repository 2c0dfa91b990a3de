import { describe, expect, it } from '@jest/globals';
import type { FieldRule } from '../../../../connectors/contract/definition.ts';
import { caretUnder } from '../../../../src/domain/mapping/expression/caret.ts';
import { mapRecord } from '../../../../src/domain/mapping/map-record.ts';
import { columnsOf, mappingDigest } from '../../../../src/domain/providers/columns.ts';
import { expressionProblems } from '../../../../src/domain/providers/expression-problems.ts';
import { aDefinition, aRecord } from '../../../support/builders.ts';

function withRules(rules: { displayName?: FieldRule; enabled?: FieldRule }) {
  const definition = aDefinition();
  return { ...definition, mapping: { ...definition.mapping, ...rules } };
}

function expression(text: string): FieldRule {
  return { expression: text, transform: [] };
}

describe('the expressions of a definition', () => {
  it('are shown with a caret under what is wrong', () => {
    const [problem] = expressionProblems(withRules({ displayName: expression('record.age + 1') }));
    expect(problem?.path).toBe('mapping.displayName.expression');
    expect(problem?.message).toBe('no such overload: string + int:\n    record.age + 1\n               ^');
  });

  it('have to make what the field takes', () => {
    const wrong = withRules({
      displayName: expression("record.a == 'x'"),
      enabled: expression('int(record.n)'),
    });
    expect(
      expressionProblems(wrong)
        .map(({ path, code }) => `${path}: ${code}`)
        .toSorted(),
    ).toEqual([
      'mapping.displayName.expression: EXPRESSION_INVALID',
      'mapping.enabled.expression: EXPRESSION_INVALID',
    ]);
    const list = expressionProblems(withRules({ displayName: expression("record.a.split(',')") }));
    expect(list[0]?.remedy).toContain('join');
    const right = withRules({ displayName: expression('record.a'), enabled: expression("record.a == 'x'") });
    expect(expressionProblems(right)).toEqual([]);
  });

  it('do not read hashes', () => {
    const problems = expressionProblems(withRules({ enabled: expression("record.pw_hash != '!'") }));
    expect(problems.map(({ code }) => code)).toEqual(['PASSWORD_COLUMN_MAPPED']);
  });

  it('name the columns to read, and change how records are mapped', () => {
    const one = withRules({ displayName: expression("record.nick + record['last name']") });
    expect(columnsOf(one)).toEqual(expect.arrayContaining(['last name', 'nick']));
    const other = withRules({ displayName: expression("record['last name'] + record.nick") });
    expect(mappingDigest(one)).not.toBe(mappingDigest(other));
  });

  it('make fields and flags; what fails is a fault of that record alone', () => {
    const definition = withRules({
      displayName: { ...expression("record.first_name + ' ' + record.last_name"), transform: ['upper'] },
      enabled: expression('int(record.failures) < 5'),
    });
    expect(mapRecord(definition, aRecord('1', { failures: '4' }))).toMatchObject({
      record: { enabled: true, fields: { displayName: 'ADA BYRON' } },
    });
    expect(mapRecord(definition, aRecord('1', { failures: '5' }))).toMatchObject({
      record: { enabled: false },
    });
    expect(mapRecord(definition, aRecord('1', { failures: 'many' }))).toMatchObject({
      ok: false,
      faults: [
        {
          field: 'enabled',
          code: 'EXPRESSION_FAILED',
          message: expect.stringContaining('columns read: failures'),
        },
      ],
    });
  });
});

describe('a caret', () => {
  it('stands under its character, on the right line', () => {
    expect(caretUnder('ab\n\tcd', 4)).toBe('     cd\n     ^');
    expect(caretUnder('ab', 2)).toBe('    ab\n      ^');
    expect(caretUnder('😀+x', 2)).toBe('    😀+x\n     ^');
  });

  it('shows the neighbourhood of a long line only', () => {
    const [line = '', caret = ''] = caretUnder(`${'x'.repeat(500)}!${'y'.repeat(500)}`, 500).split('\n');
    expect(line.length).toBeLessThan(120);
    expect(line.charAt(caret.indexOf('^'))).toBe('!');
  });
});
