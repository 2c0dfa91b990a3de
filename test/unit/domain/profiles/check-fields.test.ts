import { describe, expect, it } from '@jest/globals';
import { checkField, checkFields, isField } from '../../../../src/domain/profiles/check-fields.ts';

describe('fields as they were typed', () => {
  it('become those of a profile', () => {
    const { fields, problems } = checkFields({
      username: 'Ada',
      email: ' ada@example.org ',
      locale: 'SV_se',
      'attributes.dept': 'R&D',
      'attributes.empty': ' ',
    });
    expect(problems).toEqual([]);
    expect(fields).toEqual({
      username: 'Ada',
      email: 'ada@example.org',
      givenName: null,
      familyName: null,
      displayName: null,
      locale: 'sv-SE',
      attributes: { dept: 'R&D' },
    });
  });

  it('are all looked at', () => {
    const { problems } = checkFields({
      email: 'a@b',
      locale: '!!',
      givenName: 'a\u202eb',
      familyName: 'x'.repeat(501),
    });
    expect(problems.map(({ field, code }) => `${field}: ${code}`)).toEqual([
      'username: USERNAME_INVALID',
      'email: EMAIL_INVALID',
      'givenName: VALUE_CONTROL_CHARACTERS',
      'familyName: VALUE_TOO_LONG',
      'locale: LOCALE_INVALID',
    ]);
  });

  it('take formulas as they are: they are text here', () => {
    expect(checkField('displayName', '=1+1')).toEqual({ value: '=1+1', problem: null });
  });

  it('have names of their own', () => {
    expect(isField('attributes.dept')).toBe(true);
    expect(isField('attributes.__proto__')).toBe(false);
    expect(isField('roles')).toBe(false);
  });
});
