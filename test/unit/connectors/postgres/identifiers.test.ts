import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { columnsInCondition } from '../../../../connectors/postgres/condition.ts';
import {
  parseTableName,
  printTableName,
  quote,
  quoteTable,
} from '../../../../connectors/postgres/identifiers.ts';

const name = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.string({ minLength: 1, unit: fc.constantFrom('"', '.', 'a', ' ', ';') }),
);

describe('identifiers', () => {
  it('cannot be left from within', () => {
    fc.assert(
      fc.property(name, (text) => {
        const inner = quote(text).slice(1, -1);
        expect(inner.replaceAll('""', '')).not.toContain('"');
        expect(inner.replaceAll('""', '"')).toBe(text);
      }),
    );
  });

  it('are read back as they are printed', () => {
    fc.assert(
      fc.property(fc.option(name), name, (schema, table) => {
        expect(parseTableName(printTableName({ schema, table }))).toEqual({ schema, table });
      }),
    );
  });

  it('are taken as they stand', () => {
    expect(parseTableName('App.Users')).toEqual({ schema: 'App', table: 'Users' });
    expect(parseTableName('"a.b"."c""d"')).toEqual({ schema: 'a.b', table: 'c"d' });
    expect(quoteTable(parseTableName('public.users; DROP TABLE x'))).toBe('"public"."users; DROP TABLE x"');
  });

  it.each(['', '.', 'a.', '.a', 'a.b.c', 'a"b', '"a', '""', '"a"b'])('refuses %j as a table', (text) => {
    expect(() => parseTableName(text)).toThrow(expect.objectContaining({ code: 'SOURCE_SCHEMA_CHANGED' }));
  });
});

describe('columnsInCondition', () => {
  it.each([
    ["tenant = 'acme'", ['tenant']],
    [
      `"Tenant" = 'it''s' AND Status <> E'x' AND lower(mail) LIKE '%x' -- and more`,
      ['Tenant', 'status', 'mail'],
    ],
    ['deleted_at IS NULL OR created_at::date > current_date', ['deleted_at', 'created_at']],
    ['r.active AND kind IN (1, 2)', ['active', 'kind']],
    ['NOT (a AND b) AND price::numeric(10, 2) > 1', ['a', 'b', 'price']],
    ['', []],
  ])('finds those of %j', (condition, columns) => {
    expect(columnsInCondition(condition)).toEqual(columns);
  });

  it('does not guess about subqueries', () => {
    expect(columnsInCondition('id IN (SELECT person FROM members)')).toBeNull();
    expect(columnsInCondition('EXISTS (SELECT 1 FROM members)')).toBeNull();
  });
});
