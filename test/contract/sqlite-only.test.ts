import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connector } from '../../connectors/contract/connector.ts';
import { createSqliteFile, type SqliteFile } from '../support/sqlite-file.ts';
import { fingerprintsOf, key, keysOf, never, readAll } from './fixture.ts';
import { openFile, passwordChange, peopleTable, type FileOpening } from './sqlite-people.ts';

describe('a SQLite file', () => {
  let source: SqliteFile;
  beforeEach(async () => {
    source = await createSqliteFile();
  });
  afterEach(async () => {
    await source[Symbol.asyncDispose]();
  });

  const open = (opening?: FileOpening, path = source.path): Connector => openFile(path, opening);
  const people = (...rows: Parameters<typeof peopleTable>): void => void source.query(peopleTable(...rows));

  describe('keys', () => {
    it.each(['NOCASE', 'RTRIM'])('are told apart to the byte under the collation %s', async (collation) => {
      people(
        `('a','1','h'),('A','2','h'),('a ','3','h'),('B','4','h'),('b','5','h')`,
        `text COLLATE ${collation}`,
      );
      await using connector = open();
      for (const limit of [1, 2, 9]) {
        const read = keysOf(await readAll(connector, limit));
        expect([...read].sort()).toEqual(['A', 'B', 'a', 'a ', 'b']);
      }
      expect(keysOf(await connector.records.get([key('a'), key('A')], never))).toHaveLength(2);
      await expect(
        connector.passwords?.replace(passwordChange('A', 'h', 'new'), never),
      ).resolves.toMatchObject({
        outcome: 'written',
      });
      expect(source.query("SELECT mail FROM people WHERE pw = 'new'")).toEqual([{ mail: '2' }]);
      await expect(connector.passwords?.replace(passwordChange('c', 'h', 'new'), never)).resolves.toEqual({
        outcome: 'missing',
      });
    });

    it('of every kind in one column are read once each, from any place', async () => {
      people(
        `(2,'n','h'),(1.5,'r','h'),('abc','t','h'),('10','u','h'),(x'616264','b','h'),(x'00ff','x','h')`,
        '',
      );
      await using connector = open();
      const expected = ['1.5', '2', '10', 'abc', String.raw`\x00ff`, 'abd'];
      for (const limit of [1, 2, 9]) expect(keysOf(await readAll(connector, limit))).toEqual(expected);
      const found = await connector.records.get(expected.map(key), never);
      expect([...keysOf(found)].sort()).toEqual([...expected].sort());
      for (const at of expected)
        await expect(
          connector.passwords?.replace(passwordChange(at, 'h', 'n'), never),
        ).resolves.toMatchObject({
          outcome: 'written',
        });
      expect(source.query("SELECT mail FROM people WHERE pw = 'n'")).toHaveLength(6);
    });

    it.each([
      ['a number and its text', `(1,'a','h'),(2,'b','h'),('1','c','h')`, ''],
      ['a text and the same bytes', `('a','a','h'),('b','b','h'),(x'61','c','h')`, 'text'],
    ])('that are %s are refused wherever the page ends', async (_, rows, type) => {
      people(rows, type);
      await using connector = open();
      for (const limit of [1, 2, 9])
        await expect(readAll(connector, limit)).rejects.toMatchObject({ code: 'KEY_NOT_UNIQUE' });
    });

    it('go on after a record that was deleted since, in a column of bytes', async () => {
      people(`(x'61','a','h'),(x'62','b','h'),(x'63','c','h')`, 'blob');
      await using connector = open();
      const { next } = await connector.records.page(null, 2, never);
      source.query(`DELETE FROM people WHERE id = x'62'`);
      expect(keysOf((await connector.records.page(next, 9, never)).records)).toEqual(['c']);
    });

    it('are looked up by their index, the composite ones too', async () => {
      source.query(`CREATE TABLE people (tenant text COLLATE NOCASE, id integer, mail text, pw text, PRIMARY KEY (tenant, id));
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
        INSERT INTO people SELECT 't', i, 'm', 'h' FROM n`);
      await using connector = open({ source: { table: 'people', key: ['tenant', 'id'] } });
      const timeOf = async (id: number): Promise<number> => {
        const took: number[] = [];
        for (let times = 0; times < 20; times += 1) {
          const started = performance.now();
          await connector.records.page(key(`t,${String(id + times)}`), 10, never);
          took.push(performance.now() - started);
        }
        // The quickest: what else the machine does only ever adds.
        return Math.min(...took);
      };
      await timeOf(1);
      const near = await timeOf(1);
      // Reading its way there takes tens of times as long.
      expect(await timeOf(199_000)).toBeLessThan(4 * near);
    });
  });

  describe('values', () => {
    it('that are no text are a problem of their record alone', async () => {
      people(
        `(1, CAST(x'ff61' AS text), 'h'), (2, 'ok', CAST(x'6100' AS text)), (3, x'fffe', 'h'), (4, 'ok', 'h')`,
      );
      await using connector = open();
      const records = await readAll(connector, 9);
      expect(records.map(({ problems }) => problems.map(({ column, code }) => `${column} ${code}`))).toEqual([
        ['mail VALUE_NOT_TEXT'],
        ['pw VALUE_NOT_TEXT'],
        ['mail VALUE_NOT_TEXT'],
        [],
      ]);
      expect(new Set((await fingerprintsOf(connector)).values()).size).toBe(4);
      await expect(connector.passwords?.replace(passwordChange('2', 'a', 'n'), never)).resolves.toMatchObject(
        {
          outcome: 'conflict',
        },
      );
    });

    it.each(['UTF-16le', 'UTF-16be'])('of a file in %s are the same', async (encoding) => {
      source.query(
        `PRAGMA encoding = '${encoding}'; CREATE TABLE people (id text PRIMARY KEY, mail text, pw text)`,
      );
      source.query(`INSERT INTO people VALUES ('ä', 'ö😀', 'h'), ('b', 'c', 'h')`);
      await using connector = open();
      for (const limit of [1, 9])
        expect([...keysOf(await readAll(connector, limit))].sort()).toEqual(['b', 'ä']);
      const [record] = await connector.records.get([key('ä')], never);
      expect(record?.values['mail']).toBe('ö😀');
      await expect(
        connector.passwords?.replace(passwordChange('ä', 'h', 'ñew'), never),
      ).resolves.toMatchObject({
        outcome: 'written',
      });
      expect(source.query(`SELECT pw FROM people WHERE id = 'ä'`)).toEqual([{ pw: 'ñew' }]);
    });

    it('stay bytes when a password is kept as bytes', async () => {
      people(`(1, 'a', CAST('old' AS blob))`);
      await using connector = open();
      await connector.passwords?.replace(passwordChange('1', 'old', 'new'), never);
      expect(source.query(`SELECT typeof(pw) AS kind, CAST(pw AS text) AS pw FROM people`)).toEqual([
        { kind: 'blob', pw: 'new' },
      ]);
    });
  });
});
