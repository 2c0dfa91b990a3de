import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import type { Connector } from '../../connectors/contract/connector.ts';
import { createSqliteFile, type SqliteFile } from '../support/sqlite-file.ts';
import { openSqliteSession } from '../support/sqlite-session.ts';
import { keysOf, never, readAll } from './fixture.ts';
import { openFile, passwordChange, peopleTable, type FileOpening } from './sqlite-people.ts';

describe('the file of a SQLite provider', () => {
  let source: SqliteFile;
  beforeEach(async () => {
    source = await createSqliteFile();
  });
  afterEach(async () => {
    await source[Symbol.asyncDispose]();
  });

  const open = (opening?: FileOpening, path = source.path): Connector => openFile(path, opening);
  const people = (...rows: Parameters<typeof peopleTable>): void => void source.query(peopleTable(...rows));

  /** Keeps the file open in another process. */
  async function holding(statements: string): Promise<AsyncDisposable> {
    const session = openSqliteSession(source.path);
    await session.execute(statements);
    return session;
  }

  describe('the files beside it', () => {
    const beside = async (): Promise<string[]> => (await readdir(source.folder)).sort();

    it.each(['delete', 'wal'])(
      'are as before, after reading, checking and writing, in mode %s',
      async (mode) => {
        source.query(`PRAGMA journal_mode = ${mode}`);
        people(`(1,'a','old')`);
        // The library closes a file when its statements are collected.
        const before = await beside();
        expect(before).toEqual(['people.db']);
        await using connector = open();
        await readAll(connector, 9);
        await connector.check(never);
        await connector.discover(never);
        expect(await beside()).toEqual(before);
        await expect(
          connector.passwords?.replace(passwordChange('1', 'old', 'new'), never),
        ).resolves.toMatchObject({
          outcome: 'written',
        });
        expect(await beside()).toEqual(before);
        expect(keysOf(await readAll(connector, 9))).toEqual(['1']);
      },
    );

    it('are read with it while the application has it open', async () => {
      source.query('PRAGMA journal_mode = wal');
      people(`(1,'a','old')`);
      await using connector = open();
      {
        await using _ = await holding(`INSERT INTO people VALUES (2, 'in the log', 'old')`);
        expect(keysOf(await readAll(connector, 9))).toEqual(['1', '2']);
        await expect(
          connector.passwords?.replace(passwordChange('2', 'old', 'new'), never),
        ).resolves.toMatchObject({
          outcome: 'written',
        });
      }
      expect(source.query('SELECT pw FROM people WHERE id = 2')).toEqual([{ pw: 'new' }]);
    });

    it('makes no file where there is none', async () => {
      await using connector = open({}, join(source.folder, 'none.db'));
      await expect(connector.records.count(never)).rejects.toMatchObject({ code: 'SOURCE_DATABASE_MISSING' });
      expect(await beside()).toEqual(['people.db']);
    });
  });

  describe('locks', () => {
    it('of somebody who writes make it busy, for reading and for writing', async () => {
      people(`(1,'a','old')`);
      await using reading = open();
      await using writing = open();
      await using _ = await holding('BEGIN EXCLUSIVE');
      const outcomes = await Promise.allSettled([
        reading.records.count(never),
        writing.passwords?.replace(passwordChange('1', 'old', 'n'), never),
      ]);
      for (const outcome of outcomes)
        expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'SOURCE_BUSY' } });
    });

    it('are not kept between two pages', async () => {
      people(`(1,'a','old'),(2,'b','old')`);
      await using connector = open();
      const { next } = await connector.records.page(null, 1, never);
      source.query(`INSERT INTO people VALUES (3, 'c', 'new')`);
      expect(keysOf((await connector.records.page(next, 9, never)).records)).toEqual(['2', '3']);
    });
  });

  describe('what reaches beyond the file', () => {
    it.each([
      ['reads a file', `SELECT 1 AS id, ReadFile('/etc/hostname') AS mail, '' AS pw`],
      ['lists folders', `SELECT 1 AS id, name AS mail, '' AS pw FROM "fsdir"('/etc')`],
      ['writes a file', `SELECT 1 AS id, writefile('/tmp/never', 'x') AS mail, '' AS pw`],
    ])('is refused: a query that %s', async (_, query) => {
      await using connector = open({ source: { query, key: ['id'] }, writeBack: null });
      await expect(connector.records.page(null, 1, never)).rejects.toMatchObject({
        code: 'SOURCE_QUERY_REFUSED',
      });
    });

    it('is refused: a view that does, in the file', async () => {
      source.query(`CREATE VIEW people AS SELECT 1 AS id, readfile('/etc/hostname') AS mail, '' AS pw`);
      await using connector = open({ writeBack: null });
      await expect(connector.records.page(null, 1, never)).rejects.toMatchObject({
        code: 'SOURCE_QUERY_REFUSED',
      });
    });

    it('has no name that is not known here', () => {
      const database = new Database(':memory:');
      const names = (from: string): string[] =>
        (database.prepare(`SELECT DISTINCT name FROM ${from}`).all() as { name: string }[]).map(
          ({ name }) => name,
        );
      const suspicious = /file|dir|load|mode|log|page|stmt|crypt|config|codec|query|array|token/;
      const found = [...names('pragma_function_list'), ...names('pragma_module_list')].filter((name) =>
        suspicious.test(name),
      );
      const harmless = [
        'json_array',
        'json_group_array',
        'json_array_length',
        'jsonb_array',
        'jsonb_group_array',
        'mode',
        'log',
        'log10',
        'percent_rank',
        'strfilter',
      ];
      const refused = [
        'readfile',
        'writefile',
        'fsdir',
        'lsmode',
        'load_extension',
        'sqlite_dbpage',
        'sqlite_stmt',
        'sqlite_log',
        'sqlite_crypt',
        'sqlite3mc_config_table',
        'sqlite3mc_config',
        'sqlite3mc_codec_data',
        'fts3_tokenizer',
        'fts3tokenize',
        'sha3_query',
        'carray',
      ];
      expect(found.filter((name) => !harmless.includes(name) && !refused.includes(name))).toEqual([]);
    });
  });

  it('is given up on when it takes too long, and can be asked again', async () => {
    people(`(1,'a','h')`);
    const endless = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, '' AS mail, '' AS pw FROM n`;
    await using connector = open({ source: { query: endless, key: ['id'] }, writeBack: null });
    const abort = new AbortController();
    const counting = connector.records.count(abort.signal);
    setTimeout(() => abort.abort(new Error('enough')), 300);
    await expect(counting).rejects.toThrow('enough');
    const again = new AbortController();
    setTimeout(() => again.abort(new Error('enough again')), 300);
    await expect(connector.records.count(again.signal)).rejects.toThrow('enough again');
  });

  it('that is damaged, or makes SQLite stop, is an error and not our end', async () => {
    people(`(1,'a','h')`);
    await using damaged = open();
    source.query(`CREATE TABLE more AS SELECT hex(randomblob(3000)) AS x`);
    const bytes = await readFile(source.path);
    bytes.fill(0x5a, 4096, 8192);
    await writeFile(source.path, bytes);
    await expect(damaged.records.count(never)).rejects.toMatchObject({
      name: 'ConnectorError',
      code: 'SOURCE_FAILED',
    });
    await rm(source.path);
    source.query(`CREATE TABLE people (id integer PRIMARY KEY, mail text, pw text);
      CREATE TRIGGER t BEFORE UPDATE ON people BEGIN SELECT RAISE(ABORT, 'a refusal'); END;
      INSERT INTO people VALUES (1, 'a', 'old')`);
    await expect(damaged.passwords?.replace(passwordChange('1', 'old', 'n'), never)).rejects.toMatchObject({
      code: 'WRITE_REFUSED',
    });
  });

  it('that is no database is refused', async () => {
    for (const [name, bytes] of [
      ['empty.db', ''],
      ['text.db', 'x'.repeat(500)],
      ['short.db', 'SQLite format 3\0'],
    ] as const) {
      const path = join(source.folder, name);
      await writeFile(path, bytes);
      await using connector = open({}, path);
      const findings = await connector.check(never);
      expect(findings.map(({ step, code }) => `${step} ${code}`)).toEqual(['file SOURCE_FILE_REFUSED']);
    }
  });

  it('says what rights it needs, with less for reading only', () => {
    expect(open().grants()).toContain('u:tributary:rwx');
    expect(open({ writeBack: null }).grants()).not.toContain('rw');
  });
});
