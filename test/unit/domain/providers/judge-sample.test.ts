import { describe, expect, it } from '@jest/globals';
import type { FieldRule } from '../../../../connectors/contract/definition.ts';
import type { SourceRecord } from '../../../../connectors/contract/record.ts';
import { estimateFirstRun } from '../../../../src/domain/providers/estimate-first-run.ts';
import { judgeSample } from '../../../../src/domain/providers/judge-sample.ts';
import { aDefinition, aRecord } from '../../../support/builders.ts';

const rules = {
  formatOf: (hash: string) => (hash.startsWith('$2b$') ? 'bcrypt' : null),
  sharedEmail: false,
};
const definition = aDefinition();

function told(records: readonly SourceRecord[], over: Partial<typeof rules> = {}): string[] {
  return judgeSample(definition, records, { ...rules, ...over }).findings.map(
    ({ severity, code, message }) => `${severity} ${code} ${message}`,
  );
}

describe('judging a sample', () => {
  it('says that all is well', () => {
    expect(told([aRecord('1', {}, '$2b$x'), aRecord('2', {}, null)])).toEqual([
      'ok OK the first 2 records can be mapped',
      'ok OK the formats of hashes are recognised: 1 bcrypt',
    ]);
    expect(told([])).toEqual([]);
  });

  it('gathers the faults of records by their kind, with keys and without values', () => {
    const records = ['1', '2', '3', '4', '5'].map((key) =>
      aRecord(key, key === '5' ? {} : { mail: 'canary', active: key === '1' ? 'canary' : 't' }),
    );
    const findings = told(records);
    expect(findings).toHaveLength(2);
    expect(findings[0]).toMatch(/^warning EMAIL_INVALID 4 of the first 5 .*\(records 1, 2, 3, …\)$/);
    expect(findings[1]).toMatch(/^warning BOOLEAN_UNCLEAR 1 of the first 5 .*\(record 1\)$/);
    expect(findings.join()).not.toContain('canary');
  });

  it('blames the definition when no record can be used', () => {
    expect(told([aRecord('1', { active: 'x' }), aRecord('2', { active: 'x' })])).toEqual([
      expect.stringMatching(/^error BOOLEAN_UNCLEAR 2 of the first 2/),
    ]);
  });

  it('counts what a failing expression costs', () => {
    const rule: FieldRule = { expression: 'string(int(record.dept))', transform: [] };
    const failing = { ...definition, mapping: { ...definition.mapping, displayName: rule } };
    const [finding] = judgeSample(failing, [aRecord('1'), aRecord('2', { dept: '7' })], rules).findings;
    expect(finding).toMatchObject({ severity: 'warning', code: 'EXPRESSION_FAILED' });
    expect(finding?.message).toContain('columns read: dept');
  });

  it('finds usernames and addresses that repeat, whatever their case', () => {
    const records = [
      aRecord('1', { login: 'Ada', mail: 'a@example.org' }),
      aRecord('2', { login: 'ADA', mail: 'A@example.org' }),
      aRecord('3'),
    ];
    expect(told(records)).toEqual([
      'ok OK the first 3 records can be mapped',
      'warning USERNAMES_REPEATED 1 usernames belong to more than one record (for example records 1, 2)',
      'warning EMAILS_REPEATED 1 e-mail addresses belong to more than one record (for example records 1, 2)',
    ]);
    expect(told(records, { sharedEmail: true })).toHaveLength(2);
  });

  it('refuses a mapping that gives everybody the same', () => {
    const records = ['1', '2', '3'].map((key) => aRecord(key, { mail: 'all@example.org' }));
    expect(told(records)[1]).toMatch(/^error EMAILS_REPEATED every record/);
  });

  it('counts hashes that nobody can sign in with', () => {
    const findings = told([aRecord('1', {}, '$2b$x'), aRecord('2', {}, 'canary'), aRecord('3', {}, ' ')]);
    expect(findings[1]).toBe(
      'warning HASHES_NOT_RECOGNISED 1 of 2 hashes are in no format that is recognised (record 2); the others: 1 bcrypt',
    );
  });

  it('counts who would be sent a registration e-mail', () => {
    const inviting = aDefinition({
      password: { ...definition.password!, onboarding: 'pre-registration' },
    });
    const records = [aRecord('1'), aRecord('2', { mail: null }), aRecord('3', { active: 'f' })];
    expect(judgeSample(inviting, records, rules).invited).toBe(1);
  });
});

describe('the estimate of a first run', () => {
  it('grows with the records in scope', () => {
    const sample = { looked: 500, invited: 250, readingMs: 150 };
    expect(estimateFirstRun({ ...sample, records: 1_000_000 })).toEqual({
      records: 1_000_000,
      seconds: 500,
      emails: 500_000,
    });
    expect(estimateFirstRun({ records: 0, looked: 0, invited: 0, readingMs: 3 })).toMatchObject({
      seconds: 0,
    });
  });
});
