import { describe, expect, it } from '@jest/globals';
import type { CheckStep, Finding } from '../../connectors/contract/connector.ts';
import { makeTable, never, openOn, type ConnectorFixture } from './fixture.ts';

const COMMON = ['rights', 'source', 'key', 'columns', 'write-back', 'rows'] as const;
export const SERVER_STEPS: readonly CheckStep[] = ['name', 'address', 'tcp', 'tls', 'login', ...COMMON];
export const FILE_STEPS: readonly CheckStep[] = ['file', ...COMMON];

export const codes = (findings: readonly Finding[], severity: Finding['severity']): string[] =>
  findings.filter((finding) => finding.severity === severity).map(({ step, code }) => `${step} ${code}`);

export function describeChecking(fixture: () => ConnectorFixture, expected: readonly CheckStep[]): void {
  const people = async (...rows: string[]): Promise<string> =>
    await makeTable(fixture(), 'id bigint PRIMARY KEY, mail varchar(20), pw varchar(200)', rows);

  describe('checking', () => {
    it('finds no error in a provider that works, and says so step by step', async () => {
      const table = await people("(1,'a','h')");
      await using connector = openOn(fixture(), table);
      const findings = await connector.check(never);
      expect(codes(findings, 'error')).toEqual([]);
      const steps = findings.map(({ step }) => step);
      for (const step of expected) expect(steps).toContain(step);
      for (const { severity, remedy } of findings) expect(remedy === '').toBe(severity === 'ok');
    });

    it('reports everything at once, each with a remedy', async () => {
      const table = await makeTable(fixture(), 'id bigint, mail varchar(20), pw varchar(40)', [
        "(1,'a','h')",
        "(1,'b','h')",
        "(NULL,'c','h')",
      ]);
      await using connector = openOn(fixture(), table, {
        columns: ['M_ail', 'gone'],
        writeBack: { also: { also_gone: 1 } },
      });
      const findings = await connector.check(never);
      const errors = codes(findings, 'error');
      expect(errors.filter((code) => code === 'columns COLUMN_MISSING')).toHaveLength(3);
      expect(errors).toContain('key KEY_NOT_UNIQUE');
      expect(codes(findings, 'warning')).toContain('key KEY_MISSING');
      if (fixture().dialect.anyWidth === undefined)
        expect(codes(findings, 'warning')).toContain('write-back HASH_COLUMN_NARROW');
      expect(findings.find(({ message }) => message.includes('M_ail'))?.remedy).toContain('mail');
      for (const { severity, remedy } of findings) expect(severity === 'ok' || remedy !== '').toBe(true);
    });

    it('offers the table that was meant', async () => {
      const table = await people();
      await using connector = openOn(fixture(), table.toUpperCase());
      const findings = await connector.check(never);
      expect(codes(findings, 'error')).toEqual(['source TABLE_MISSING']);
      expect(findings.find(({ severity }) => severity === 'error')?.remedy).toContain(table);
    });

    it('says that a condition or a query does not run', async () => {
      const table = await people("(1,'a','h')");
      await using condition = openOn(fixture(), table, {
        source: { table, key: ['id'], where: 'mail = = 1' },
        columns: ['gone'],
      });
      expect(codes(await condition.check(never), 'error').toSorted()).toEqual([
        'columns COLUMN_MISSING',
        'source SOURCE_QUERY_REFUSED',
      ]);
      await using query = openOn(fixture(), table, {
        source: { query: `SELECT id FROM ${table}; SELECT 1`, key: ['id'] },
      });
      expect(codes(await query.check(never), 'error')).toContain('source SOURCE_QUERY_REFUSED');
    });

    it('says that nothing is written through a query, and that no record is in scope', async () => {
      const table = await people("(1,'a','h')");
      await using query = openOn(fixture(), table, {
        source: { query: `SELECT * FROM ${table}`, key: ['id'] },
      });
      expect(codes(await query.check(never), 'error')).toEqual(['write-back WRITE_BACK_NEEDS_TABLE']);
      await using empty = openOn(fixture(), table, { source: { table, key: ['id'], where: '1 = 0' } });
      expect(codes(await empty.check(never), 'warning')).toContain('rows NO_ROWS');
    });

    it('changes nothing', async () => {
      const table = await people("(1,'a','h')");
      await using connector = openOn(fixture(), table);
      await connector.check(never);
      await expect(fixture().execute(`SELECT mail, pw FROM ${table}`)).resolves.toEqual([
        { mail: 'a', pw: 'h' },
      ]);
    });
  });

  describe('discovering', () => {
    it('lists tables and views with columns, keys and samples', async () => {
      const table = await people("(1,'a@b.example','$2b$10$abc')", "(2,'a@b.example',NULL)");
      await fixture().execute(`CREATE VIEW v_${table} AS SELECT id, mail FROM ${table}`);
      await using connector = openOn(fixture(), table);
      const { tables } = await connector.discover(never);
      const found = tables.find(({ name }) => name.endsWith(`.${table}`) || name === table);
      expect(found).toMatchObject({ kind: 'table', key: ['id'] });
      expect(found?.columns.map(({ name, nullable }) => [name, nullable])).toEqual([
        ['id', fixture().dialect.looseKeys === true],
        ['mail', true],
        ['pw', true],
      ]);
      expect(found?.columns.map(({ sample }) => sample)).toEqual([
        ['1', '2'],
        ['a@b.example'],
        ['$2b$10$abc'],
      ]);
      expect(tables.find(({ name }) => name.endsWith(`v_${table}`))).toMatchObject({
        kind: 'view',
        key: [],
        estimatedRows: null,
      });
    });

    it('describes what a query answers, and writes nothing through one', async () => {
      const table = await people("(1,'a@b.example','$2b$10$abc')", "(2,'c@d.example',NULL)");
      const asked = (query: string) => openOn(fixture(), table, { source: { query, key: ['unknown'] } });
      const nothing = { key: [], columns: [] };
      await using connector = asked(
        `SELECT a.mail, a.pw, a.id AS person_id FROM ${table} a JOIN ${table} b ON a.id = b.id ORDER BY a.id; `,
      );
      const { key, columns } = (await connector.describeQuery?.(never)) ?? nothing;
      expect(key).toEqual(['person_id']);
      const shapes = columns.map(({ name, type, sample }) => [
        name,
        /^(?:bigint|integer)$/.test(type),
        sample,
      ]);
      expect(shapes).toEqual([
        ['mail', false, ['a@b.example', 'c@d.example']],
        ['pw', false, ['$2b$10$abc']],
        ['person_id', true, ['1', '2']],
      ]);
      expect(columns[0]?.type).toMatch(/^(?:character varying\(20\)|varchar|text)$/);
      await using plain = openOn(fixture(), table);
      expect('describeQuery' in plain).toBe(false);
      for (const query of [`SELECT id FROM ${table}; SELECT 1`, `DELETE FROM ${table}`]) {
        await using refused = asked(query);
        await expect(refused.describeQuery?.(never)).rejects.toMatchObject({ code: 'SOURCE_QUERY_REFUSED' });
      }
      await expect(fixture().execute(`SELECT count(*) AS n FROM ${table}`)).resolves.toHaveLength(1);
    });
  });
}
