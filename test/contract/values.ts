import { describe, expect, it } from '@jest/globals';
import { fingerprintOf } from '../../connectors/contract/record.ts';
import { fingerprintsOf, key, makeTable, never, openOn, readAll, type ConnectorFixture } from './fixture.ts';

const LARGE = 1_048_577;

export function describeValues(fixture: () => ConnectorFixture): void {
  describe('values', () => {
    it('come as text without loss', async () => {
      const { typed } = fixture().dialect;
      const declared = typed.map(({ name, type }) => `${name} ${type}`).join(', ');
      const table = await makeTable(fixture(), `id bigint PRIMARY KEY, ${declared}`, [
        `(9007199254740993, ${typed.map(({ literal }) => literal).join(', ')})`,
      ]);
      await using connector = openOn(fixture(), table, {
        columns: typed.map(({ name }) => name).toSorted(),
        passwordColumn: null,
        writeBack: null,
      });
      const [record] = await readAll(connector, 10);
      expect(record?.key).toBe('9007199254740993');
      expect(record?.values).toEqual(Object.fromEntries(typed.map(({ name, text }) => [name, text])));
      expect((await fingerprintsOf(connector)).get('9007199254740993')).toBe(record?.fingerprint);
    });

    it('tell NULL from the empty string, and text from text that looks like it', async () => {
      const values = ['NULL', "''", "' '", "'~'", "'null'", "'a'", "'A'", "'á'", "'日本 😀'", "'1:a'"];
      const table = await makeTable(
        fixture(),
        'id bigint PRIMARY KEY, mail varchar(99), pw varchar(99)',
        values.map((value, at) => `(${at}, ${value}, ${values[values.length - 1 - at] ?? ''})`),
      );
      await using connector = openOn(fixture(), table);
      const records = await readAll(connector, 3);
      expect(records.map(({ values: { mail } }) => mail)).toEqual([
        null,
        '',
        ' ',
        '~',
        'null',
        'a',
        'A',
        'á',
        '日本 😀',
        '1:a',
      ]);
      expect(new Set(records.map(({ fingerprint }) => fingerprint)).size).toBe(values.length);
    });

    it('have fingerprints of the contract, the same by page, by key and in bulk', async () => {
      const rows = Array.from(
        { length: 50 },
        (_, n) => `(${n}, ${n % 7 === 0 ? 'NULL' : `'mäil-${n}'`}, ${n % 5 === 0 ? 'NULL' : `'hash-${n}'`})`,
      );
      const table = await makeTable(
        fixture(),
        'id bigint PRIMARY KEY, mail varchar(99), pw varchar(99)',
        rows,
      );
      await using connector = openOn(fixture(), table);
      const bulk = await fingerprintsOf(connector);
      const records = await readAll(connector, 9);
      expect(records).toHaveLength(50);
      for (const record of records) {
        const ours = fingerprintOf([record.values['mail'] ?? null, record.passwordHash?.reveal() ?? null]);
        expect(record.fingerprint).toBe(ours);
        expect(bulk.get(record.key)).toBe(ours);
      }
      const [byKey] = await connector.records.get([key('8')], never);
      expect(byKey?.fingerprint).toBe(bulk.get('8'));
    });

    it('change the fingerprint, each of them, the password too', async () => {
      const table = await makeTable(
        fixture(),
        'id bigint PRIMARY KEY, mail varchar(99), name varchar(99), pw varchar(99), other varchar(99)',
        ["(1,'a','b','c','d')"],
      );
      await using connector = openOn(fixture(), table, { columns: ['mail', 'name'] });
      const seen = new Set<string | undefined>();
      const look = async (): Promise<void> => void seen.add((await fingerprintsOf(connector)).get('1'));
      await look();
      for (const set of ["mail = 'A'", 'name = NULL', "pw = 'c '", 'mail = NULL']) {
        await fixture().execute(`UPDATE ${table} SET ${set}`);
        await look();
      }
      expect(seen.size).toBe(5);
      await fixture().execute(`UPDATE ${table} SET other = 'x'`);
      await look();
      expect(seen.size).toBe(5);
    });

    it('that are too large are a problem of that record alone', async () => {
      const { dialect } = fixture();
      const table = await makeTable(
        fixture(),
        `id bigint PRIMARY KEY, mail ${dialect.text}, pw ${dialect.text}`,
        [
          `(1, 'small', ${dialect.repeated(LARGE)})`,
          `(2, ${dialect.repeated(LARGE)}, 'h')`,
          `(3, ${dialect.repeated(LARGE - 1)}, 'h')`,
          `(4, 'small', 'h')`,
        ],
      );
      await using connector = openOn(fixture(), table);
      const records = await readAll(connector, 10);
      expect(records.map(({ problems }) => problems.map(({ column, code }) => `${column} ${code}`))).toEqual([
        ['pw VALUE_TOO_LARGE'],
        ['mail VALUE_TOO_LARGE'],
        [],
        [],
      ]);
      expect(records[1]?.values).not.toHaveProperty('mail');
      expect(records[2]?.values['mail']).toHaveLength(LARGE - 1);
      const bulk = await fingerprintsOf(connector);
      expect(records.map(({ fingerprint }) => fingerprint)).toEqual([...bulk.values()]);
    });

    it('do not include the password, which is a Secret', async () => {
      const table = await makeTable(fixture(), 'id bigint PRIMARY KEY, mail varchar(9), pw varchar(99)', [
        "(1,'a','$2b$canary')",
      ]);
      await using connector = openOn(fixture(), table);
      const [record] = await readAll(connector, 10);
      expect(record?.passwordHash?.reveal()).toBe('$2b$canary');
      expect(JSON.stringify(record)).not.toContain('canary');
      expect(record?.values).toEqual({ mail: 'a' });
    });

    it('may have column names that need quoting or mean something in JavaScript', async () => {
      const table = await makeTable(
        fixture(),
        'id bigint PRIMARY KEY, constructor varchar(9), pw varchar(9)',
        ["(1,'c','h')"],
      );
      await using connector = openOn(fixture(), table, { columns: ['constructor'] });
      const [record] = await readAll(connector, 10);
      expect(Object.entries(record?.values ?? {})).toEqual([['constructor', 'c']]);
    });
  });
}
