import { MYSQL } from '../support/both-servers.ts';
import { expect, it } from '@jest/globals';
import type { Checkpoint } from '../../connectors/contract/change.ts';
import { makeTable, never, openOn, readAll, type Opening } from './fixture.ts';
import { feedOf, Follower } from './follower.ts';
import { hear, isKey } from './hear.ts';
import type { MysqlFixture } from './mysql-fixture.ts';
import { describeLog } from './mysql-log.ts';

const BINLOG = [
  '--server-id=7',
  '--log-bin=binlog',
  '--binlog-row-metadata=FULL',
  '--gtid-mode=ON',
  '--enforce-gtid-consistency=ON',
  // A killed server has lost nothing that was committed.
  '--innodb-flush-log-at-trx-commit=2',
];

const opening: Opening = { changes: { mode: 'binlog' } };

describeLog({
  kind: MYSQL,
  settings: BINLOG,
  position: /^mysql-binlog\/1:\{"gtid":"[0-9a-f-]{36}:1-\d+[\w:-]*"\}$/,
  foreign: [
    'mariadb-binlog/1:{"gtid":"3-7-15"}',
    'mysql-binlog/1:{"gtid":"3-7-15"}',
    `mysql-binlog/1:{"gtid":"3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5' OR '1"}`,
  ],
  unusable: [
    ['binlog_format', 'MIXED', 'ROW'],
    ['binlog_row_image', 'MINIMAL', 'FULL'],
    ['binlog_row_metadata', 'MINIMAL', 'FULL'],
    ['binlog_transaction_compression', 'ON', 'OFF'],
    ['binlog_row_value_options', "'PARTIAL_JSON'", "''"],
  ],
  holdCommits: [
    "INSTALL PLUGIN rpl_semi_sync_source SONAME 'semisync_source.so'",
    'SET GLOBAL rpl_semi_sync_source_timeout = 60000',
    'SET GLOBAL rpl_semi_sync_source_enabled = ON',
  ],
  letCommits: ['SET GLOBAL rpl_semi_sync_source_enabled = OFF'],
  more: describeOwn,
});

function describeOwn(fixture: () => MysqlFixture): void {
  const documents = async (): Promise<string> =>
    await makeTable(
      fixture(),
      'id bigint PRIMARY KEY, mail varchar(100), pw varchar(200), data json',
      [1, 2].map((id) => `(${String(id)}, 'm', 'h', '{"a": "${'x'.repeat(200)}"}')`),
    );
  const write = async (sql: string): Promise<void> => {
    await fixture().execute(sql);
  };

  it('goes on from positions with tags, and does not tell of what they cover again', async () => {
    const table = await documents();
    await using connector = openOn(fixture(), table, opening);
    const head = await feedOf(connector).head(never);
    await using session = await fixture().openSession();
    const insert = async (id: number, tag: string): Promise<void> => {
      await session.execute(`SET gtid_next = 'AUTOMATIC${tag}'`);
      await session.execute(`INSERT INTO ${table} VALUES (${String(id)}, 'm', 'h', NULL)`);
    };
    await insert(10, ':blue');
    await insert(11, '');
    await insert(12, ':red_1');
    await insert(13, ':blue');
    const positions: Checkpoint[] = [];
    for await (const { changes, checkpoint } of feedOf(connector).read(head, never)) {
      if (checkpoint !== null) positions.push(checkpoint);
      if (changes.some(isKey('13')) && checkpoint !== null) break;
    }
    await insert(14, ':blue');
    const tagged = await feedOf(connector).head(never);
    expect(tagged).toMatch(/^mysql-binlog\/1:\{"gtid":"[0-9a-f-]{36}:1-\d+:blue:1-3:red_1:1"\}$/);
    await expect(hear(connector, positions.at(-1)!, isKey('14'))).resolves.toEqual(['14']);
    await insert(15, ':red_1');
    await expect(hear(connector, tagged, isKey('15'))).resolves.toEqual(['15']);
  });

  it.each([
    ['compresses its transactions', 'SET SESSION binlog_transaction_compression = ON'],
    ['logs parts of JSON values', "SET SESSION binlog_row_value_options = 'PARTIAL_JSON'"],
  ])('asks for everything to be read again when a session %s', async (_, setting) => {
    const [table, other] = [await documents(), await documents()];
    await using connector = openOn(fixture(), table, opening);
    const head = await feedOf(connector).head(never);
    await using session = await fixture().openSession();
    await session.execute(setting);
    const change = `SET data = JSON_SET(data, '$.a', 'y'), mail = 'new' WHERE id = 1`;
    await session.execute(`UPDATE ${table} ${change}`);
    await write(`INSERT INTO ${table} VALUES (3, 'm', 'h', NULL)`);
    await expect(hear(connector, head, isKey('3'))).resolves.toEqual(['reset', '3']);
    // Whose rows they are is known of those alone that are not compressed.
    const later = await feedOf(connector).head(never);
    await session.execute(`UPDATE ${other} ${change}`);
    await write(`INSERT INTO ${table} VALUES (4, 'm', 'h', NULL)`);
    const whole = setting.includes('compression') ? ['reset'] : [];
    await expect(hear(connector, later, isKey('4'))).resolves.toEqual([...whole, '4']);
  });

  it.each(['MINIMAL', 'NOBLOB'])('knows keys of sessions that log %s rows', async (image) => {
    const table = await documents();
    await using connector = openOn(fixture(), table, opening);
    const head = await feedOf(connector).head(never);
    await using session = await fixture().openSession();
    await session.execute(`SET SESSION binlog_row_image = ${image}`);
    await session.execute(`UPDATE ${table} SET mail = 'new' WHERE id = 2`);
    await session.execute(`DELETE FROM ${table} WHERE id = 1`);
    await write(`INSERT INTO ${table} VALUES (3, 'm', 'h', NULL)`);
    await expect(hear(connector, head, isKey('3'))).resolves.toEqual(['2', '-1', '3']);
  });

  it('follows and discovers a key that the server made and hides, and columns out of sight', async () => {
    await using session = await fixture().openSession();
    await session.execute('SET SESSION sql_generate_invisible_primary_key = ON');
    const table = 'without_key';
    await session.execute(
      `CREATE TABLE ${table} (mail varchar(100), pw varchar(200), note varchar(9) INVISIBLE,
         large varchar(100) GENERATED ALWAYS AS (UPPER(mail)) VIRTUAL INVISIBLE, UNIQUE KEY ((LOWER(mail))))`,
    );
    await session.execute(`INSERT INTO ${table} (mail, pw, note) VALUES ('a', 'h', 'n')`);
    await using connector = openOn(fixture(), table, {
      ...opening,
      source: { table, key: ['my_row_id'] },
      columns: ['mail', 'note', 'large'],
    });
    const findings = await connector.check(never);
    expect(findings.filter(({ severity, step }) => severity !== 'ok' && !/tls|rights/.test(step))).toEqual(
      [],
    );
    const { tables } = await connector.discover(never);
    expect(tables.find(({ name }) => name.endsWith(`.${table}`))).toMatchObject({ key: ['my_row_id'] });
    const follower = await Follower.start(connector);
    await session.execute(`INSERT INTO ${table} (mail, pw) VALUES ('b', 'h')`);
    await follower.follow(connector, () => follower.records.has('2'));
    expect((await readAll(connector, 9)).map(({ values }) => Object.values(values))).toEqual([
      ['a', 'n', 'A'],
      ['b', null, 'B'],
    ]);
    expect(follower.records.get('2')?.values).toMatchObject({ large: 'B' });
  });

  it('logs in to read the log when the server has not kept the password in memory', async () => {
    const table = await documents();
    const { user, password } = await fixture().createLogin();
    await using connector = openOn(fixture(), table, { ...opening, connection: { user }, password });
    for (const statement of connector.grants().split(/;\s*$/m))
      if (statement.replaceAll(/--.*/g, '').trim() !== '') await write(statement);
    const head = await feedOf(connector).head(never);
    await write(`INSERT INTO ${table} VALUES (3, 'm', 'h', NULL)`);
    await write('FLUSH PRIVILEGES');
    await expect(hear(connector, head, isKey('3'))).resolves.toEqual(['3']);
  });

  it('says that a login is refused that is locked, has expired or was tried too often', async () => {
    const table = await documents();
    for (const state of [
      'ACCOUNT LOCK',
      'PASSWORD EXPIRE',
      'FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME 1',
      'REQUIRE X509',
    ]) {
      const { user, password } = await fixture().createLogin();
      await write(`ALTER USER '${user.replaceAll("'", "''")}' ${state}`);
      const enter = async (word: string): Promise<unknown> => {
        await using connector = openOn(fixture(), table, { connection: { user }, password: word });
        return await connector.records.page(null, 1, never);
      };
      await enter('wrong').catch(() => undefined);
      await expect(enter(password)).rejects.toMatchObject({ code: 'SOURCE_LOGIN_REFUSED' });
    }
  });
}
