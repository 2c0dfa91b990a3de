import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mapRecord } from '../../../../src/domain/mapping/map-record.ts';
import { aDefinition, aRecord, column } from '../../../support/builders.ts';

const definition = aDefinition();

function codes(values: Record<string, string | null>): readonly string[] {
  const mapped = mapRecord(definition, aRecord('1', values));
  return mapped.ok ? [] : mapped.faults.map((fault) => `${fault.field}:${fault.code}`);
}

describe('mapping a record', () => {
  it('takes columns, transforms, constants and defaults', () => {
    const rich = aDefinition({
      mapping: {
        ...definition.mapping,
        displayName: { column: 'nick', transform: ['trim', 'upper'], default: 'nobody' },
        locale: column('lang'),
        attributes: { employer: { value: 'ACME' }, department: column('dept') },
      },
    });
    const mapped = mapRecord(rich, aRecord('1', { mail: '  Ada@Example.ORG ', nick: null, lang: 'sv_SE' }));
    expect(mapped).toMatchObject({
      ok: true,
      record: {
        fields: {
          username: 'user1',
          email: 'ada@example.org',
          displayName: 'nobody',
          locale: 'sv-SE',
          attributes: { employer: 'ACME', department: 'Research' },
        },
        enabled: true,
        forceReset: null,
      },
    });
  });

  it('says everything that is wrong with a record at once', () => {
    expect(codes({ login: '  ', mail: 'a@x.example, b@y.example', active: 'perhaps' })).toEqual([
      'username:USERNAME_INVALID',
      'email:EMAIL_INVALID',
      'enabled:BOOLEAN_UNCLEAR',
    ]);
  });

  it.each([
    'a@',
    '@b.example',
    'a@b@c.example',
    '"x@evil.example y"@corp.example',
    'a@[127.0.0.1]',
    'a@x.example\r\nBcc: e@e.example',
    'Foo <a@x.example>',
    'a@x.example;b@y.example',
    'undisclosed:;',
    'a b@x.example',
    'a@-x.example',
    'a@x..example',
    'a@localhost',
    `${'l'.repeat(65)}@x.example`,
    `a@${'d'.repeat(250)}.example`,
  ])('refuses %j as an address', (mail) => {
    expect(codes({ mail })).toContain('email:EMAIL_INVALID');
  });

  it.each(['mike+tag@example.org', 'first.last@example.org', 'мир@пример.example', "o'neil@example.org"])(
    'accepts %j as an address and keeps it',
    (mail) => {
      expect(mapRecord(definition, aRecord('1', { mail }))).toMatchObject({
        record: { fields: { email: mail } },
      });
    },
  );

  it('does not take a column that was not read for an empty one', () => {
    const record = aRecord('1');
    const { dept: _, ...values } = record.values;
    const mapped = mapRecord(definition, { ...record, values });
    expect(mapped).toMatchObject({
      ok: false,
      faults: [{ field: 'attributes.department', code: 'COLUMN_NOT_READ' }],
    });
  });

  it('hands on what the connector found wrong with a value', () => {
    const problem = { column: 'bio', code: 'VALUE_TOO_LARGE', message: 'bio is larger than 1 MiB' } as const;
    const mapped = mapRecord(definition, { ...aRecord('1'), problems: [problem] });
    expect(mapped).toMatchObject({ ok: false, faults: [{ field: 'bio', code: 'VALUE_TOO_LARGE' }] });
  });

  it('never lets control characters into a profile, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const mapped = mapRecord(definition, aRecord('1', { first_name: text }));
        if (mapped.ok) expect(mapped.record.fields.givenName ?? '').not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
    );
  });
});
