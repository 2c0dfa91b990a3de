import { describe, expect, it } from '@jest/globals';
import { headerProblems, readRow } from '../../../../src/app/profiles/import-row.ts';

function codes(header: readonly string[]): string[] {
  return headerProblems(header).map(({ path, code }) => `${path}: ${code}`);
}

describe('the columns of an import', () => {
  it('are known, stand once, and hold no passwords that people chose', () => {
    expect(codes(['username', 'email', 'forceReset', 'temporaryPassword', 'attributes.dept'])).toEqual([]);
    expect(codes(['email', 'password', 'surname', 'email'])).toEqual([
      'line 1, column password: PASSWORD_COLUMN_REFUSED',
      'line 1, column surname: COLUMN_UNKNOWN',
      'line 1, column email: COLUMN_REPEATED',
      'line 1: COLUMN_MISSING',
    ]);
  });
});

describe('a row of an import', () => {
  const header = ['username', 'email', 'forceReset', 'preRegistration', 'temporaryPassword'];

  function problems(...values: readonly string[]): string[] {
    return readRow(header, { line: 7, values }).problems.map(({ path, code }) => `${path}: ${code}`);
  }

  it('is somebody with flags', () => {
    const { person } = readRow(header, {
      line: 7,
      values: ['ada', 'ada@example.org', '', '', 'let me in once'],
    });
    expect(person).toMatchObject({ forceReset: true, preRegistration: false });
    expect(person.temporaryPassword?.reveal()).toBe('let me in once');
    expect(problems('ada', 'ada@example.org', 'no', 'yes', '')).toEqual([]);
  });

  it('is told everything that is wrong with it, with line and column', () => {
    expect(problems(' ada', 'nobody', 'maybe', 'yes', 'short')).toEqual([
      'line 7, column forceReset: BOOLEAN_UNCLEAR',
      'line 7, column username: USERNAME_INVALID',
      'line 7, column email: EMAIL_INVALID',
      'line 7, column temporaryPassword: PASSWORD_LENGTH',
      'line 7, column temporaryPassword: PASSWORD_WITH_PRE_REGISTRATION',
    ]);
    expect(problems('ada')).toEqual(['line 7: COLUMN_COUNT']);
    expect(problems('ada', '', 'yes', '', '')).toEqual([
      'line 7, column temporaryPassword: TEMPORARY_PASSWORD_NEEDED',
    ]);
    expect(problems('ada', '', '', 'yes', '')).toEqual(['line 7, column email: EMAIL_NEEDED']);
    expect(problems('ada', '', 'no', '', 'let me in once')).toEqual([
      'line 7, column forceReset: FORCE_RESET_NEEDED',
    ]);
  });
});
