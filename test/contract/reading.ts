import { describe, expect, it } from '@jest/globals';
import {
  fingerprintsOf,
  key,
  keysOf,
  makeTable,
  never,
  openOn,
  readAll,
  type ConnectorFixture,
} from './fixture.ts';

const numbered = (count: number, row: (n: number) => string): string[] =>
  Array.from({ length: count }, (_, at) => row(at + 1));

export function describeReading(fixture: () => ConnectorFixture): void {
  describe('paging', () => {
    it('reads every record once, in key order, whatever the page size', async () => {
      const table = await makeTable(
        fixture(),
        'id bigint PRIMARY KEY, mail varchar(100), pw varchar(200)',
        numbered(23, (n) => `(${n * 5 - 20}, 'm${n}', 'h${n}')`),
      );
      await using connector = openOn(fixture(), table);
      const expected = numbered(23, (n) => String(n * 5 - 20));
      for (const limit of [1, 7, 23, 100]) expect(keysOf(await readAll(connector, limit))).toEqual(expected);
    });

    it('ends when the last page is exactly full', async () => {
      const table = await makeTable(fixture(), 'id bigint PRIMARY KEY, mail varchar(9), pw varchar(9)', [
        "(1,'a','b')",
        "(2,'a','b')",
      ]);
      await using connector = openOn(fixture(), table);
      const page = await connector.records.page(null, 2, never);
      expect(page.next).toBeNull();
      await fixture().execute(`DELETE FROM ${table}`);
      await expect(connector.records.page(null, 2, never)).resolves.toEqual({ records: [], next: null });
    });

    it('pages by text keys with every kind of character', async () => {
      const keys = ['', ' ', 'a', 'A', 'a,b', 'a\\b', '"', '{}', 'ä', 'Ω', '😀', '%', 'null', 'NULL'];
      const table = await makeTable(
        fixture(),
        `id ${fixture().dialect.exactText} PRIMARY KEY, mail varchar(9), pw varchar(9)`,
        keys.map((text) => `(${fixture().dialect.literal(text)}, 'm', 'h')`),
      );
      await using connector = openOn(fixture(), table);
      const read = keysOf(await readAll(connector, 3));
      expect([...read].sort()).toEqual([...keys].sort());
      expect(new Set(read).size).toBe(keys.length);
      expect([...keysOf(await connector.records.get(keys.map(key), never))].sort()).toEqual([...keys].sort());
    });

    it('pages by composite keys of different types', async () => {
      const rows = numbered(30, (n) => `('t,${n % 3}', ${n}, 'm', 'h')`);
      const table = await makeTable(
        fixture(),
        'tenant varchar(20), id bigint, mail varchar(9), pw varchar(9), PRIMARY KEY (tenant, id)',
        rows,
      );
      await using connector = openOn(fixture(), table, { source: { table, key: ['tenant', 'id'] } });
      const read = keysOf(await readAll(connector, 4));
      expect(read).toHaveLength(30);
      expect(new Set(read).size).toBe(30);
      expect(read.slice(0, 4)).toEqual(['t\\,0,3', 't\\,0,6', 't\\,0,9', 't\\,0,12']);
      const found = await connector.records.get([key('t\\,1,1'), key('t\\,1,2'), key('t\\,9,1')], never);
      expect(keysOf(found)).toEqual(['t\\,1,1']);
    });

    it('neither repeats nor loses a record while others are inserted and deleted behind', async () => {
      const table = await makeTable(
        fixture(),
        'id bigint PRIMARY KEY, mail varchar(9), pw varchar(9)',
        numbered(20, (n) => `(${n * 10}, 'm', 'h')`),
      );
      await using connector = openOn(fixture(), table);
      const first = await connector.records.page(null, 10, never);
      await fixture().execute(`INSERT INTO ${table} VALUES (5, 'new', 'h'), (95, 'new', 'h')`);
      await fixture().execute(`DELETE FROM ${table} WHERE id = 20`);
      const second = await connector.records.page(first.next, 100, never);
      expect(keysOf([...first.records, ...second.records])).toEqual(numbered(20, (n) => String(n * 10)));
    });

    it('refuses to read on when a key is repeated', async () => {
      const table = await makeTable(fixture(), 'id bigint, mail varchar(9), pw varchar(9)', [
        "(1,'a','b')",
        "(2,'a','b')",
        "(2,'c','d')",
        "(3,'a','b')",
      ]);
      await using connector = openOn(fixture(), table);
      for (const limit of [1, 2, 10])
        await expect(readAll(connector, limit)).rejects.toMatchObject({ code: 'KEY_NOT_UNIQUE' });
      await expect(connector.records.get([key('2')], never)).rejects.toMatchObject({
        code: 'KEY_NOT_UNIQUE',
      });
      await expect(fingerprintsOf(connector)).rejects.toMatchObject({ code: 'KEY_NOT_UNIQUE' });
    });

    it('leaves out records without a key, everywhere alike', async () => {
      const table = await makeTable(fixture(), 'id bigint, mail varchar(9), pw varchar(9)', [
        "(1,'a','b')",
        "(NULL,'a','b')",
        "(NULL,'c','d')",
      ]);
      await using connector = openOn(fixture(), table);
      expect(keysOf(await readAll(connector, 10))).toEqual(['1']);
      await expect(connector.records.count(never)).resolves.toBe(1);
      expect([...(await fingerprintsOf(connector)).keys()]).toEqual(['1']);
    });
  });

  describe('scope', () => {
    it('applies to pages, lookups, counts and fingerprints', async () => {
      const table = await makeTable(
        fixture(),
        'id bigint PRIMARY KEY, mail varchar(9), pw varchar(9)',
        numbered(10, (n) => `(${n}, '${n % 2 === 0 ? 'in' : 'out'}', 'h')`),
      );
      const where = "mail = 'in' OR mail = 'neither' -- a comment at the end";
      await using connector = openOn(fixture(), table, { source: { table, key: ['id'], where } });
      const expected = ['2', '4', '6', '8', '10'];
      expect(keysOf(await readAll(connector, 2))).toEqual(expected);
      expect(keysOf(await connector.records.get([key('1'), key('2')], never))).toEqual(['2']);
      await expect(connector.records.count(never)).resolves.toBe(5);
      expect([...(await fingerprintsOf(connector)).keys()]).toEqual(expected);
    });

    it('may be a query', async () => {
      const table = await makeTable(fixture(), 'id bigint PRIMARY KEY, mail varchar(9), pw varchar(9)', [
        "(1,'A','b')",
        "(2,'B','b')",
      ]);
      const query = `SELECT id AS person, lower(mail) AS mail, pw FROM ${table}; -- all of them`;
      await using connector = openOn(fixture(), table, {
        source: { query: query.replace('; --', ' --'), key: ['person'] },
      });
      const records = await readAll(connector, 1);
      expect(records.map(({ key: k, values }) => [k, values['mail']])).toEqual([
        ['1', 'a'],
        ['2', 'b'],
      ]);
      expect(connector.passwords).toBeUndefined();
    });

    it.each([
      ['two statements', (table: string) => `SELECT id, mail, pw FROM ${table}; DELETE FROM ${table}`],
      [
        'a statement behind the parenthesis',
        (table: string) =>
          `SELECT id, mail, pw FROM ${table}) AS r; COMMIT; DELETE FROM ${table}; SELECT * FROM (SELECT 1`,
      ],
      ['no SQL', () => 'SELECT FROM WHERE'],
    ])('refuses %s as a query', async (_, query) => {
      const table = await makeTable(fixture(), 'id bigint PRIMARY KEY, mail varchar(9), pw varchar(9)', [
        "(1,'a','b')",
      ]);
      await using connector = openOn(fixture(), table, { source: { query: query(table), key: ['id'] } });
      await expect(connector.records.count(never)).rejects.toMatchObject({ code: 'SOURCE_QUERY_REFUSED' });
      await expect(fixture().execute(`SELECT id FROM ${table}`)).resolves.toHaveLength(1);
    });
  });

  describe('lookup by key', () => {
    it('answers each key once, and those that do not exist or are no such value not at all', async () => {
      const table = await makeTable(
        fixture(),
        'id bigint PRIMARY KEY, mail varchar(9), pw varchar(9)',
        numbered(40, (n) => `(${n}, 'm', 'h')`),
      );
      await using connector = openOn(fixture(), table);
      const asked = [
        '7',
        '7',
        '8',
        '99',
        'abc',
        '',
        ' 9',
        '010',
        '1e1',
        '99999999999999999999999',
        '11\0',
        '\ud800',
        "1' OR '1'='1",
      ];
      expect([...keysOf(await connector.records.get(asked.map(key), never))].sort()).toEqual(['7', '8']);
      await expect(connector.records.get([], never)).resolves.toEqual([]);
      await expect(connector.records.get([key('abc')], never)).resolves.toEqual([]);
    });

    it('takes 5,000 keys', async () => {
      const table = await makeTable(
        fixture(),
        'id bigint PRIMARY KEY, mail varchar(9), pw varchar(9)',
        numbered(3000, (n) => `(${n * 2}, 'm', 'h')`),
      );
      await using connector = openOn(fixture(), table);
      const found = await connector.records.get(numbered(5000, String).map(key), never);
      expect(found).toHaveLength(2500);
    });
  });

  describe('faults', () => {
    it('names a missing table and column', async () => {
      const real = await makeTable(fixture(), 'id bigint PRIMARY KEY, mail varchar(9), pw varchar(9)');
      const cases = [openOn(fixture(), 'people_missing'), openOn(fixture(), real, { columns: ['gone'] })];
      for (const connector of cases) {
        await using opened = connector;
        await expect(opened.records.page(null, 1, never)).rejects.toMatchObject({
          name: 'ConnectorError',
          code: 'SOURCE_SCHEMA_CHANGED',
        });
      }
    });

    it('never says a value or a password in an error', async () => {
      const real = await makeTable(fixture(), 'id bigint PRIMARY KEY, mail varchar(9), pw varchar(9)', [
        "(1,'canary-1','b')",
      ]);
      await using connector = openOn(fixture(), real, {
        source: { table: real, key: ['id'], where: fixture().dialect.failing('mail') },
        password: fixture().password,
      });
      const error: unknown = await connector.records.page(null, 1, never).catch((thrown: unknown) => thrown);
      const cause = (error as Error).cause as Error;
      const said = [
        String(error),
        String(cause),
        JSON.stringify(error),
        JSON.stringify(cause),
        cause.stack,
      ].join();
      expect(error).toMatchObject({ name: 'ConnectorError' });
      expect(said).not.toContain('canary-1');
    });

    it('stops when asked, with the reason given, and can be used again', async () => {
      const real = await makeTable(fixture(), 'id bigint PRIMARY KEY, mail varchar(9), pw varchar(9)', [
        "(1,'a','b')",
      ]);
      await using connector = openOn(fixture(), real);
      const abort = new AbortController();
      const reading = Promise.all(
        Array.from({ length: 9 }, () => connector.records.page(null, 1, abort.signal)),
      );
      abort.abort(new Error('enough'));
      await expect(reading).rejects.toThrow('enough');
      await expect(connector.records.count(abort.signal)).rejects.toThrow('enough');
      await expect(connector.records.count(never)).resolves.toBe(1);
    });
  });
}
