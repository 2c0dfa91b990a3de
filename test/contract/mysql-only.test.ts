import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Finding } from '../../connectors/contract/connector.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import { connectorKinds, loadConnector } from '../../connectors/index.ts';
import { describeBoth } from '../support/both-servers.ts';
import { key, keysOf, makeTable, never, openOn, readAll } from './fixture.ts';
import { openMysqlFixture, type MysqlFixture } from './mysql-fixture.ts';
import { numbersTo } from './random-writes.ts';

const warnings = (findings: readonly Finding[]): string[] =>
  findings.filter(({ severity }) => severity === 'warning').map(({ step, code }) => `${step} ${code}`);

describeBoth('what only MySQL and MariaDB have, on', (server, { name: which, collation }) => {
  const mariadb = which === 'MariaDB';
  let fixture: MysqlFixture;
  beforeAll(async () => {
    fixture = await openMysqlFixture(server(), { collation, sqlMode: '' });
  });
  afterAll(async () => {
    await fixture[Symbol.asyncDispose]();
  });
  const people = async (): Promise<string> =>
    await makeTable(fixture, 'id bigint PRIMARY KEY, mail varchar(20), pw varchar(200)', [
      "(1,'a','old')",
      "(2,'b','old')",
    ]);
  const replacing = (id: string, expected: string, replacement: string) => ({
    key: key(id),
    expected: new Secret(expected),
    replacement: new Secret(replacement),
  });

  it('is loaded on demand', async () => {
    expect(Object.keys(connectorKinds)).toContain('mysql');
    await expect(loadConnector('mysql')).resolves.toBe(fixture.open);
  });

  it.each(['varchar(20)', 'varchar(20) CHARACTER SET latin1', 'varchar(20) COLLATE utf8mb4_bin'])(
    'neither loses nor repeats keys of %s that the server takes for equal',
    async (type) => {
      const keys = ['a', 'A', 'a ', 'A ', '\u00e4', '\u00c4', 'b', 'B', ' b', '', ' ', 'z\u00df'];
      const rows = keys.map((id) => `('${id}', 'm', 'old')`);
      const table = await makeTable(fixture, `id ${type}, mail varchar(9), pw varchar(9)`, rows);
      await using connector = openOn(fixture, table);
      for (const limit of [1, 2, 3, 5, 50])
        expect([...keysOf(await readAll(connector, limit))].sort()).toEqual([...keys].sort());
      for (const id of keys) {
        const found = await connector.records.get([key(id)], never);
        expect(keysOf(found)).toEqual([id]);
      }
      await expect(connector.passwords?.replace(replacing('A', 'old', 'new'), never)).resolves.toMatchObject({
        outcome: 'written',
      });
      const written = await fixture.execute(`SELECT id FROM ${table} WHERE pw = 'new'`);
      expect(written).toEqual([{ id: 'A' }]);
      expect(warnings(await connector.check(never))).toContain('key KEY_NOT_ENFORCED');
    },
  );

  it.each([
    ['an enum', "enum('z','b','a')", ["'z'", "'b'", "'a'"], ['a', 'b', 'z']],
    [
      'a UUID in bytes',
      'binary(16)',
      ["x'ff000000000000000000000000000000'", "x'00'"],
      ['00'.repeat(16), `ff${'00'.repeat(15)}`],
    ],
    [
      'a UUID',
      mariadb ? 'uuid' : 'char(36) CHARACTER SET ascii',
      ["'ffffffff-0000-0000-0000-000000000000'", "'00000000-0000-0000-0000-000000000001'"],
      ['00000000-0000-0000-0000-000000000001', 'ffffffff-0000-0000-0000-000000000000'],
    ],
    [
      'a time',
      'datetime(3)',
      ["'2024-01-01 00:00:00.5'", "'0000-00-00'"],
      ['0000-00-00 00:00:00.000', '2024-01-01 00:00:00.500'],
    ],
    ['bits', 'bit(9)', ['300', '5'], ['5', '300']],
    ['bytes', 'varbinary(9)', ["'a'", "x'ff'", "x'5c78'", "x'6100'"], ['\\x5c78', 'a', '\\x6100', '\\xff']],
  ])('pages by %s', async (...[, type, literals, expected]) => {
    const rows = literals.map((literal) => `(${literal}, 'm', 'h')`);
    const table = await makeTable(fixture, `id ${type} PRIMARY KEY, mail varchar(9), pw varchar(9)`, rows);
    await using connector = openOn(fixture, table);
    expect(keysOf(await readAll(connector, 1))).toEqual(expected);
    const found = await connector.records.get(expected.map(key), never);
    expect([...keysOf(found)].sort()).toEqual([...expected].sort());
    await expect(
      connector.passwords?.replace(replacing(expected[0] ?? '', 'h', 'new'), never),
    ).resolves.toMatchObject({
      outcome: 'written',
    });
  });

  it('makes values that are no text a problem of that record alone', async () => {
    const table = await makeTable(fixture, 'id bigint PRIMARY KEY, mail blob, pw varbinary(60)', [
      "(1, x'ff', 'h')",
      "(2, x'610062', 'h')",
      "(3, x'eda080', 'h')",
      "(4, 'fine', x'00ff')",
      "(5, 'fine', 'h')",
    ]);
    await using connector = openOn(fixture, table);
    const records = await readAll(connector, 2);
    expect(records.map(({ problems }) => problems.map(({ column, code }) => `${column} ${code}`))).toEqual([
      ['mail VALUE_NOT_TEXT'],
      ['mail VALUE_NOT_TEXT'],
      ['mail VALUE_NOT_TEXT'],
      ['pw VALUE_NOT_TEXT'],
      [],
    ]);
    const unreadable = { key: key('4'), expected: null, replacement: new Secret('new') };
    await expect(connector.passwords?.replace(unreadable, never)).resolves.toMatchObject({
      outcome: 'conflict',
    });
  });

  // Said of the connector, whatever the server; it takes seconds.
  const once = mariadb ? it : null;

  once?.('does not fetch a value of 100 MB', async () => {
    const table = await makeTable(
      fixture,
      'id bigint PRIMARY KEY, mail longtext CHARACTER SET latin1, pw longblob',
      [`(1, 'a', REPEAT('x', 100000000))`, `(2, REPEAT('x', 100000000), 'h')`, `(3, 'a', 'h')`],
    );
    await using connector = openOn(fixture, table);
    await connector.records.count(never);
    const before = process.memoryUsage().rss;
    const records = await readAll(connector, 10);
    expect((process.memoryUsage().rss - before) / 1024 / 1024).toBeLessThan(50);
    expect(records.map(({ problems }) => problems.length)).toEqual([1, 1, 0]);
    await fixture.execute(`DROP TABLE ${table}`);
  });

  it('reads along the index of the key, one column or several', async () => {
    const table = await makeTable(
      fixture,
      'a varchar(20), b bigint, mail varchar(9), pw varchar(9), PRIMARY KEY (a, b)',
    );
    await fixture.execute(
      `INSERT INTO ${table} SELECT 'one', n, 'm', 'h' FROM ${numbersTo(20_000)} AS numbers`,
    );
    await using connector = openOn(fixture, table, { source: { table, key: ['a', 'b'] } });
    await connector.records.page(key('one,19000'), 10, never);
    const reads = async (): Promise<number> =>
      (await fixture.execute(`SHOW GLOBAL STATUS LIKE 'Handler_read%'`)).reduce(
        (sum, row) => sum + Number(row['Value']),
        0,
      );
    const before = await reads();
    const page = await connector.records.page(key('one,19500'), 10, never);
    expect(page.records[0]?.key).toBe('one,19501');
    await connector.records.get(
      Array.from({ length: 50 }, (_, n) => key(`one,${String(n + 1)}`)),
      never,
    );
    expect((await reads()) - before).toBeLessThan(2_000);
  });

  it('warns of global rights, of rights to insert and delete, of engines and of triggers', async () => {
    const table = await people();
    await fixture.execute(`ALTER TABLE ${table} ENGINE = MyISAM`);
    for (const statement of fixture.dialect.rewriteOnUpdate(table, 'mail')) await fixture.execute(statement);
    await using root = openOn(fixture, table);
    expect(warnings(await root.check(never))).toEqual(
      expect.arrayContaining([
        'rights RIGHTS_BEYOND_NEED',
        'write-back TABLE_NOT_TRANSACTIONAL',
        'write-back TRIGGER_MAY_REWRITE',
      ]),
    );
    const login = await fixture.createLogin();
    const user = `'${login.user.replaceAll("'", "''")}'`;
    await fixture.execute(
      `GRANT SELECT, UPDATE, INSERT, DELETE ON ${fixture.connection.database}.* TO ${user}`,
    );
    await using some = openOn(fixture, table, { connection: { user: login.user }, password: login.password });
    const findings = await some.check(never);
    expect(findings.find(({ code }) => code === 'RIGHTS_BEYOND_NEED')?.remedy).toContain(
      'REVOKE INSERT, DELETE ON',
    );
  });

  it.each(mariadb ? ['MyISAM', 'Aria'] : ['MyISAM'])(
    'compares and sets in one statement on %s',
    async (engine) => {
      const table = await people();
      await fixture.execute(`ALTER TABLE ${table} ENGINE = ${engine}`);
      await using connector = openOn(fixture, table);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, (_, n) =>
          connector.passwords!.replace(replacing('1', 'old', `new-${String(n)}`), never),
        ),
      );
      const written = outcomes.filter((o) => o.status === 'fulfilled' && o.value.outcome === 'written');
      expect(written).toHaveLength(1);
    },
  );

  it('says that a read-only server takes no passwords', async () => {
    const table = await people();
    const login = await fixture.createLogin();
    const user = `'${login.user.replaceAll("'", "''")}'`;
    await fixture.execute(`GRANT SELECT, UPDATE ON ${table} TO ${user}`);
    await using connector = openOn(fixture, table, {
      connection: { user: login.user },
      password: login.password,
    });
    await fixture.execute('SET GLOBAL read_only = 1');
    try {
      await expect(connector.passwords?.replace(replacing('1', 'old', 'new'), never)).rejects.toMatchObject({
        code: 'WRITE_REFUSED',
      });
      const findings = await connector.check(never);
      expect(findings.map(({ code }) => code)).toContain('SOURCE_IS_STANDBY');
    } finally {
      await fixture.execute('SET GLOBAL read_only = 0');
    }
  });

  it('writes `now` in the zone of the server, instants as instants, and seconds into numbers', async () => {
    const table = await makeTable(
      fixture,
      'id bigint PRIMARY KEY, mail varchar(20), pw varchar(60), at datetime, stamp timestamp(6) NULL, seconds bigint, flag enum("no","yes"), price decimal(6,2)',
      ["(1,'a','old',NULL,NULL,0,'yes',0)"],
    );
    await fixture.execute(`SET GLOBAL time_zone = '+05:30'`);
    try {
      await using connector = openOn(fixture, table, {
        writeBack: { also: { at: 'now', stamp: 'now', seconds: 'now', flag: 'no', price: 1.005 } },
      });
      await expect(connector.passwords?.replace(replacing('1', 'old', 'new'), never)).resolves.toMatchObject({
        outcome: 'written',
      });
      const [row] = await fixture.execute(
        `SELECT TIMESTAMPDIFF(MINUTE, UTC_TIMESTAMP(), at) AS ahead, ABS(TIMESTAMPDIFF(SECOND, stamp, NOW())) AS off,
                ABS(seconds - UNIX_TIMESTAMP()) AS late, flag FROM ${table}`,
      );
      expect(row?.['flag']).toBe('no');
      expect([329, 330]).toContain(Number(row?.['ahead']));
      expect(Number(row?.['off'])).toBeLessThan(60);
      expect(Number(row?.['late'])).toBeLessThan(60);
    } finally {
      await fixture.execute(`SET GLOBAL time_zone = 'SYSTEM'`);
    }
  });

  once?.(
    'reads past a lock that the application holds, and does not wait for one for long to write',
    async () => {
      const table = await people();
      await using application = await fixture.openSession();
      await application.execute('BEGIN');
      await application.execute(`UPDATE ${table} SET mail = 'locked'`);
      await using connector = openOn(fixture, table);
      expect((await readAll(connector, 10)).map(({ values }) => values['mail'])).toEqual(['a', 'b']);
      await expect(connector.passwords?.replace(replacing('1', 'old', 'new'), never)).rejects.toMatchObject({
        code: 'SOURCE_BUSY',
      });
    },
  );

  it('writes through a view that can be updated, and refuses one that cannot', async () => {
    const table = await people();
    await fixture.execute(`CREATE VIEW one_${table} AS SELECT id, mail, pw FROM ${table}`);
    await fixture.execute(`CREATE VIEW two_${table} AS SELECT DISTINCT id, mail, pw FROM ${table}`);
    await using simple = openOn(fixture, `one_${table}`);
    await expect(simple.passwords?.replace(replacing('1', 'old', 'new'), never)).resolves.toMatchObject({
      outcome: 'written',
    });
    await using distinct = openOn(fixture, `two_${table}`);
    await expect(distinct.passwords?.replace(replacing('1', 'new', 'newer'), never)).rejects.toMatchObject({
      code: 'WRITE_REFUSED',
    });
    expect((await distinct.check(never)).map(({ code }) => code)).toContain('VIEW_NOT_UPDATABLE');
  });

  it('finds tables and columns of any name', async () => {
    const name = `${fixture.connection.database}.\`the \`\`us.ers"\``;
    await fixture.execute(
      `CREATE TABLE ${name} (\`I'd\` int PRIMARY KEY, \`e-mail\` text, \`pass\`\`word\` text)`,
    );
    await fixture.execute(`INSERT INTO ${name} VALUES (1, 'm', 'old')`);
    await using connector = openOn(fixture, name, {
      source: { table: name, key: ["I'd"] },
      columns: ['e-mail'],
      passwordColumn: 'pass`word',
    });
    await expect(connector.passwords?.replace(replacing('1', 'old', 'new'), never)).resolves.toMatchObject({
      outcome: 'written',
    });
    expect((await connector.check(never)).filter(({ severity }) => severity === 'error')).toEqual([]);
    const { tables } = await connector.discover(never);
    expect(tables.map((table) => table.name)).toContain(name);
  });
});
