import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Checkpoint } from '../../connectors/contract/change.ts';
import type { Kind } from '../support/both-servers.ts';
import type { MysqlServer } from '../support/mysql-server.ts';
import { waitFor } from '../support/wait-for.ts';
import { describeFeed } from './changes.ts';
import { makeTable, never, openOn, readAll, type Opening } from './fixture.ts';
import { feedOf, Follower, stateOf } from './follower.ts';
import { hear, isKey, isReset } from './hear.ts';
import { openMysqlFixture, type MysqlFixture } from './mysql-fixture.ts';
import { describeTransactions, type Commits } from './mysql-log-transactions.ts';
import { writeAtRandom } from './random-writes.ts';

/** What differs between the logs of the two servers. */
export interface LogUnderTest extends Commits {
  readonly kind: Kind;
  readonly settings: readonly string[];
  /** A checkpoint. */
  readonly position: RegExp;
  /** Checkpoints that are not of this server, or damaged. */
  readonly foreign: readonly string[];
  /** Variables, values with which the log cannot be followed, and good ones. */
  readonly unusable: readonly (readonly [variable: string, value: string, good: string])[];
  /** Registers what only this server has. */
  readonly more?: (fixture: () => MysqlFixture) => void;
}

const opening: Opening = { changes: { mode: 'binlog' } };

/** Registers what following a binary log must do on either server, with a server of its own. */
export function describeLog(log: LogUnderTest): void {
  log.kind.describe(`following the binary log of ${log.kind.name}`, () => {
    let server: MysqlServer;
    let fixture: MysqlFixture;
    beforeAll(async () => {
      server = await log.kind.start(log.settings);
      fixture = await openMysqlFixture(server, { collation: log.kind.collation, sqlMode: '' });
    });
    afterAll(async () => {
      // The last test restarts the server, which ends the fixture's sessions; its databases go with it.
      await Promise.resolve(fixture[Symbol.asyncDispose]()).catch(() => undefined);
      await server[Symbol.asyncDispose]();
    });

    describeFeed(() => fixture, { name: 'the binary log', changes: { mode: 'binlog' }, anyCursor: true });
    describeTransactions(() => fixture, log);
    log.more?.(() => fixture);

    const people = async (count = 0): Promise<string> =>
      await makeTable(
        fixture,
        'id bigint PRIMARY KEY, mail varchar(100), pw varchar(200)',
        Array.from({ length: count }, (_, n) => `(${String(n + 1)}, 'm', 'h')`),
      );
    const write = async (sql: string): Promise<void> => {
      await fixture.execute(sql);
    };
    const mailOf = (follower: Follower, key: string) => follower.records.get(key)?.values['mail'];

    it.each([
      ['bigint unsigned', '18446744073709551615', '18446744073709551615'],
      ['int(6) zerofill', '42', '000042'],
      ['decimal(10,2)', '-1.5', '-1.50'],
      ['year', '2024', '2024'],
      ['varchar(20) CHARACTER SET latin1', "'Zo\u00eb \u20ac'", 'Zo\u00eb \u20ac'],
      ['char(10) CHARACTER SET utf16', "'\u{1f600}'", '\u{1f600}'],
      ['varbinary(20)', "'Zo\u00eb'", 'Zo\u00eb'],
      ['varbinary(20)', "x'ff00'", String.raw`\xff00`],
      ['binary(4)', "x'ff000000'", 'ff000000'],
    ])('knows keys of the type %s: %s', async (type, literal, key) => {
      const table = await makeTable(fixture, `id ${type} PRIMARY KEY, mail varchar(9), pw varchar(9)`);
      await using connector = openOn(fixture, table, opening);
      const head = await feedOf(connector).head(never);
      await write(`INSERT INTO ${table} VALUES (${literal}, 'a', 'h')`);
      await expect(hear(connector, head, isKey(key))).resolves.toEqual([key]);
      await write(`DELETE FROM ${table}`);
      await expect(hear(connector, head, ({ kind }) => kind === 'delete')).resolves.toEqual([`-${key}`]);
    });

    it('refuses keys that the log does not tell', async () => {
      const table = await makeTable(fixture, 'id datetime PRIMARY KEY, mail varchar(9), pw varchar(9)');
      await using connector = openOn(fixture, table, opening);
      const head = await feedOf(connector).head(never);
      await expect(hear(connector, head, isReset)).rejects.toMatchObject({ code: 'CHANGES_UNAVAILABLE' });
      const findings = await connector.check(never);
      expect(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
        'KEY_NOT_LOGGED',
      ]);
    });

    it('tells of a record that leaves the scope as of one that is gone', async () => {
      const table = await people(2);
      await using connector = openOn(fixture, table, {
        ...opening,
        source: { table, key: ['id'], where: "mail = 'm'" },
      });
      const head = await feedOf(connector).head(never);
      await write(`UPDATE ${table} SET mail = 'elsewhere' WHERE id = 1`);
      await expect(hear(connector, head, ({ kind }) => kind === 'delete')).resolves.toEqual(['-1']);
    });

    it.each([
      ['emptied', (table: string) => [`TRUNCATE TABLE ${table}`]],
      ['altered', (table: string) => [`ALTER TABLE ${table} ADD COLUMN more int DEFAULT 7`]],
      [
        'replaced',
        (table: string) => [
          `CREATE TABLE new_${table} LIKE ${table}`,
          `RENAME TABLE ${table} TO old_${table}, new_${table} TO ${table}`,
        ],
      ],
      [
        'written to by a session that logs statements',
        (table: string) => ['SET SESSION binlog_format = STATEMENT', `UPDATE ${table} SET mail = 'x'`],
      ],
    ])('asks for everything to be read again when the table was %s', async (_, statements) => {
      const table = await people(3);
      await using connector = openOn(fixture, table, opening);
      const head = await feedOf(connector).head(never);
      await using session = await fixture.openSession();
      await session.execute('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      for (const statement of statements(table)) await session.execute(statement);
      await expect(hear(connector, head, isReset)).resolves.toContain('reset');
    });

    it('goes on through columns that are added, dropped and renamed in mid-stream', async () => {
      const table = await people(1);
      await using connector = openOn(fixture, table, opening);
      const head = await feedOf(connector).head(never);
      await write(`INSERT INTO ${table} VALUES (2, 'before', 'h')`);
      await write(`ALTER TABLE ${table} ADD COLUMN first_one int FIRST, ADD COLUMN last_one int`);
      await write(`INSERT INTO ${table} VALUES (0, 3, 'between', 'h', 0)`);
      await write(`ALTER TABLE ${table} DROP COLUMN first_one, RENAME COLUMN last_one TO other`);
      await write(`INSERT INTO ${table} VALUES (4, 'after', 'h', 0)`);
      const heard = await hear(connector, head, isKey('4'));
      expect(heard.filter((key) => key !== 'reset')).toEqual(['2', '3', '4']);
    });

    it('stops at a renamed key, and at a dropped column that is mapped', async () => {
      for (const change of ['RENAME COLUMN id TO uid', 'DROP COLUMN mail']) {
        const table = await people(1);
        await using connector = openOn(fixture, table, opening);
        const head = await feedOf(connector).head(never);
        await write(`INSERT INTO ${table} VALUES (2, 'b', 'h')`);
        await write(`ALTER TABLE ${table} ${change}`);
        await expect(hear(connector, head, isKey('never'))).rejects.toMatchObject({
          code: 'SOURCE_SCHEMA_CHANGED',
        });
      }
    });

    it('ends when its connection is killed, and goes on from the checkpoint without a gap', async () => {
      const table = await people(1);
      await using connector = openOn(fixture, table, opening);
      const follower = await Follower.start(connector);
      const reading = follower.follow(connector, () => mailOf(follower, '9') === 'last');
      const failed = reading.catch((error: unknown) => error);
      const dumps = async () =>
        (await fixture.execute('SHOW PROCESSLIST')).filter(({ Command }) =>
          String(Command).startsWith('Binlog Dump'),
        );
      await waitFor(async () => (await dumps()).length === 1);
      await write(`UPDATE ${table} SET mail = 'one' WHERE id = 1`);
      await waitFor(() => mailOf(follower, '1') === 'one');
      const [dump] = await dumps();
      await write(`KILL ${String(dump?.['Id'])}`);
      await expect(failed).resolves.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
      await write(`UPDATE ${table} SET mail = 'two' WHERE id = 1`);
      await write(`INSERT INTO ${table} VALUES (9, 'last', 'h')`);
      await follower.follow(connector, () => mailOf(follower, '9') === 'last');
      expect(mailOf(follower, '1')).toBe('two');
    });

    it('tells positions of the two servers apart', async () => {
      const table = await people(1);
      await using connector = openOn(fixture, table, opening);
      const head = await feedOf(connector).head(never);
      expect(head).toMatch(log.position);
      for (const foreign of log.foreign)
        await expect(hear(connector, foreign as Checkpoint, isReset)).rejects.toMatchObject({
          code: 'CHECKPOINT_FOREIGN',
        });
    });

    it('says that history is lost when the log was purged, and when the server never had the position', async () => {
      const table = await people(1);
      await using connector = openOn(fixture, table, opening);
      const head = await feedOf(connector).head(never);
      await write(`INSERT INTO ${table} VALUES (2, 'b', 'h')`);
      await write('FLUSH BINARY LOGS');
      const logs = await fixture.execute('SHOW BINARY LOGS');
      await waitFor(async () => {
        await write(`PURGE BINARY LOGS TO '${String(logs.at(-1)?.['Log_name'])}'`);
        return (await fixture.execute('SHOW BINARY LOGS')).length === 1;
      });
      await expect(hear(connector, head, isReset)).rejects.toMatchObject({ code: 'SOURCE_HISTORY_LOST' });
      const ahead = head.replace(/\d+"\}$/, '99999999"}') as Checkpoint;
      await expect(hear(connector, ahead, isReset)).rejects.toMatchObject({ code: 'SOURCE_HISTORY_LOST' });
    });

    it('says that history is lost where the log holds what cannot be decoded', async () => {
      const table = await people(1);
      await using connector = openOn(fixture, table, opening);
      await write('SET GLOBAL binlog_checksum = NONE');
      const head = await feedOf(connector).head(never);
      await write(`INSERT INTO ${table} VALUES (2, 'b', 'h')`);
      await expect(hear(connector, head, isKey('2'))).resolves.toEqual(['2']);
      // The driver takes the whole log for checked from here on.
      await write('SET GLOBAL binlog_checksum = CRC32');
      await expect(hear(connector, head, isKey('2'))).rejects.toMatchObject({ code: 'SOURCE_HISTORY_LOST' });
    });

    it('says what a server lacks whose log cannot be followed', async () => {
      const table = await people(1);
      await using connector = openOn(fixture, table, opening);
      const errors = async (): Promise<readonly string[]> =>
        (await connector.check(never))
          .filter(({ severity }) => severity === 'error')
          .map(({ message }) => message);
      await expect(errors()).resolves.toEqual([]);
      for (const [variable, value, good] of log.unusable) {
        await write(`SET GLOBAL ${variable} = ${value}`);
        const found = await errors();
        await write(`SET GLOBAL ${variable} = ${good}`);
        expect(found).toEqual([expect.stringContaining(variable)]);
      }
    });

    it('needs the rights that are printed, and each of them', async () => {
      const table = await people(1);
      const login = await fixture.createLogin();
      const how = { ...opening, connection: { user: login.user }, password: login.password };
      await using connector = openOn(fixture, table, how);
      const statements = connector
        .grants()
        .split(/;\s*$/m)
        .filter((line) => line.replaceAll(/--.*/g, '').trim() !== '');
      const [replication] = statements.filter((line) => line.includes('REPLICATION'));
      for (const statement of statements) if (statement !== replication) await fixture.execute(statement);
      const head = await feedOf(connector).head(never);
      await write(`INSERT INTO ${table} VALUES (2, 'b', 'h')`);
      await expect(hear(connector, head, isKey('2'))).rejects.toMatchObject({
        code: 'SOURCE_PERMISSION_DENIED',
      });
      expect((await connector.check(never)).find(({ severity }) => severity === 'error')?.remedy).toContain(
        'GRANT REPLICATION',
      );
      await fixture.execute(replication!);
      const findings = await connector.check(never);
      expect(findings.filter(({ severity, step }) => severity !== 'ok' && step !== 'tls')).toEqual([]);
      await expect(hear(connector, head, isKey('2'))).resolves.toEqual(['2']);
    });

    it('agrees with the source after random transactions, with the server restarted on the way', async () => {
      const table = await makeTable(
        fixture,
        'id bigint PRIMARY KEY, mail varchar(100), pw varchar(200), changed datetime',
      );
      await using connector = openOn(fixture, table, opening);
      const follower = await Follower.start(connector);
      await writeAtRandom(fixture, { table, transactions: 40, seed: 11 });
      const failed = follower.follow(connector, () => false).catch((error: unknown) => error);
      await waitFor(() => follower.heard.length > 0);
      await server.restart('SIGKILL');
      await expect(failed).resolves.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
      const client = await server.connect(fixture.connection.database);
      await client.query(`INSERT INTO ${table} VALUES (500, 'last', 'h', NULL)`);
      await client.end();
      await follower.follow(connector, () => mailOf(follower, '500') === 'last');
      expect(follower.state()).toEqual(stateOf(await readAll(connector, 500)));
    });
  });
}
