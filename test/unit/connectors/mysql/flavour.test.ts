import { describe, expect, it } from '@jest/globals';
import type { ServerOptions } from '../../../../connectors/contract/connector.ts';
import type { Checkpoint } from '../../../../connectors/contract/change.ts';
import { readLogPosition, writeLogPosition } from '../../../../connectors/mysql/changes/log-position.ts';
import { checkBinlog } from '../../../../connectors/mysql/checks/binlog.ts';
import type { Relation } from '../../../../connectors/mysql/checks/relation.ts';
import type { CheckSubject } from '../../../../connectors/mysql/checks/subject.ts';
import { flavourOf } from '../../../../connectors/mysql/flavour.ts';
import { never } from '../../../contract/fixture.ts';

/*
 * test/contract runs MariaDB 10.11 and MySQL 9.7. What other versions answer is
 * held against their manuals here.
 */

describe('the flavour of a server', () => {
  it.each([
    ['10.11.6-MariaDB-0+deb12u1-log', 'mariadb', [10, 11, 6]],
    ['11.4.2-MariaDB-ubu2404', 'mariadb', [11, 4, 2]],
    ['5.7.44-log', 'mysql', [5, 7, 44]],
    ['8.0.36', 'mysql', [8, 0, 36]],
    ['8.0.36-28', 'mysql', [8, 0, 36]],
    ['8.4.0-commercial', 'mysql', [8, 4, 0]],
    ['9.1.0', 'mysql', [9, 1, 0]],
    ['', 'mysql', [0, 0, 0]],
  ])('of %s is %s', (version, name, numbers) => {
    expect(flavourOf(version)).toMatchObject({ name, version: numbers });
  });

  it('limits statements in the words and units of each', () => {
    expect(flavourOf('10.11.6-MariaDB').statementLimit(28_500)).toBe('max_statement_time = 28.5');
    expect(flavourOf('8.0.36').statementLimit(28_500)).toBe('max_execution_time = 28500');
  });
});

const UUID = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
const OTHER = '4350f323-7565-4e59-8763-4b1b83a0ce0e';
const GTIDS = {
  mariadb: ['', '0-1-100', '0-1-100,3-7-12'],
  mysql: [
    '',
    `${UUID}:1-5`,
    `${UUID}:1-3:11:47-49`,
    `${UUID}:1-5,${OTHER}:1-27`,
    `${UUID}:Domain_1:1-3:15-21`,
    `${UUID.toUpperCase()}:23`,
  ],
};

describe('a position in the log', () => {
  it.each(Object.entries(GTIDS).flatMap(([name, gtids]) => gtids.map((gtid) => [name, gtid] as const)))(
    'of %s, %j, is read as it was written, and never taken for one of the other server',
    (name, gtid) => {
      const mine = name as 'mariadb' | 'mysql';
      const other = mine === 'mysql' ? 'mariadb' : 'mysql';
      const written = writeLogPosition(mine, gtid);
      expect(readLogPosition(mine, written)).toBe(gtid);
      expect(() => readLogPosition(other, written)).toThrow(
        expect.objectContaining({ code: 'CHECKPOINT_FOREIGN' }),
      );
    },
  );

  it.each([
    ['mysql', '0-1-100'],
    ['mysql', UUID],
    ['mysql', `${UUID}:1-5' OR '1`],
    ['mariadb', `${UUID}:1-5`],
    ['mariadb', '0-1'],
    ['mariadb', '0-1-1,'],
  ] as const)('of %s is not %j, whatever stands before it', (name, gtid) => {
    const forged = `${name}-binlog/1:${JSON.stringify({ gtid })}` as Checkpoint;
    expect(() => readLogPosition(name, forged)).toThrow(
      expect.objectContaining({ code: 'CHECKPOINT_FOREIGN' }),
    );
  });
});

const RELATION: Relation = {
  name: { schema: 'd', table: 'people' },
  view: false,
  engine: 'InnoDB',
  columns: new Map(),
  column: () => undefined,
};
const OPTIONS = { source: { table: 'people', key: ['id'] }, connection: { user: 't' } };
const GOOD: Readonly<Record<string, string>> = {
  log_bin: 'ON',
  binlog_format: 'ROW',
  binlog_row_image: 'FULL',
  binlog_row_metadata: 'FULL',
  gtid_mode: 'ON',
  binlog_transaction_compression: 'OFF',
  binlog_row_value_options: '',
  binlog_expire_logs_seconds: '2592000',
};
const RIGHT = 'GRANT REPLICATION SLAVE ON *.* TO `t`@`%`';

/** What the check finds on a server that gives these answers. */
async function found(version: string, over: Readonly<Record<string, string | undefined>>, grant = RIGHT) {
  const variables = Object.entries({ ...GOOD, ...over }).filter(([, value]) => value !== undefined);
  const rowsOf = (sql: string): (string | undefined)[][] => (sql === 'SHOW GRANTS' ? [[grant]] : variables);
  const run = (sql: string) => {
    const rows = rowsOf(sql).map((row) => row.map((value) => Buffer.from(value ?? '')));
    return Promise.resolve({ rows, fields: [], count: 0 });
  };
  const pool = {
    read: (_: AbortSignal, work: (...given: unknown[]) => unknown) => work(run, flavourOf(version)),
  };
  const subject = { options: OPTIONS as unknown as ServerOptions, pool } as unknown as CheckSubject;
  const findings = await checkBinlog(subject, RELATION, never);
  return findings.map(({ code, message }) => [code, message.split(' ')[0]]);
}

describe('the binary log of MySQL', () => {
  it('can be followed as the manual has it', async () => {
    expect(await found('8.0.36', {})).toEqual([['OK', 'the']]);
    // 5.7 has neither, and compresses nothing.
    expect(
      await found('5.7.44', {
        binlog_transaction_compression: undefined,
        binlog_row_value_options: undefined,
        binlog_row_metadata: undefined,
      }),
    ).toEqual([['BINLOG_UNUSABLE', 'binlog_row_metadata']]);
  });

  it.each([
    ['gtid_mode', 'OFF'],
    ['gtid_mode', 'ON_PERMISSIVE'],
    ['binlog_transaction_compression', 'ON'],
    ['binlog_row_value_options', 'PARTIAL_JSON'],
    ['binlog_row_metadata', 'MINIMAL'],
    ['binlog_row_image', 'MINIMAL'],
    ['binlog_format', 'MIXED'],
    ['log_bin', 'OFF'],
  ])('cannot with %s = %s', async (variable, value) => {
    expect(await found('8.0.36', { [variable]: value })).toEqual([['BINLOG_UNUSABLE', variable]]);
  });

  it('asks for what only MySQL has of MySQL alone', async () => {
    const without = {
      gtid_mode: undefined,
      binlog_transaction_compression: undefined,
      binlog_row_value_options: undefined,
    };
    expect(await found('10.11.6-MariaDB', without)).toEqual([['OK', 'the']]);
    expect(await found('8.0.36', without)).toEqual([['BINLOG_UNUSABLE', 'gtid_mode']]);
  });

  it('warns of replicas that do not log what they take over', async () => {
    const warned = [['BINLOG_OF_REPLICA', 'The']];
    expect(await found('8.4.0', { log_replica_updates: 'OFF', read_only: 'ON' })).toEqual(warned);
    expect(await found('10.11.6-MariaDB', { log_slave_updates: 'OFF', gtid_slave_pos: '0-1-5' })).toEqual(
      warned,
    );
    expect(await found('12.1.2-MariaDB', { log_slave_updates: 'OFF', read_only: 'READ_ONLY' })).toEqual(
      warned,
    );
    const primary = { log_slave_updates: 'OFF', gtid_slave_pos: '', read_only: 'OFF' };
    expect(await found('10.11.6-MariaDB', primary)).toEqual([['OK', 'the']]);
    expect(await found('8.4.0', { log_replica_updates: 'ON', read_only: 'ON' })).toEqual([['OK', 'the']]);
  });

  it('needs a right, and a life of a day', async () => {
    const short = { binlog_expire_logs_seconds: '3600' };
    expect(await found('8.4.0', short, 'GRANT USAGE ON *.* TO `t`@`%`')).toEqual([
      ['BINLOG_SHORT_LIVED', 'The'],
      ['SOURCE_PERMISSION_DENIED', 'The'],
    ]);
    // 5.7 counts days.
    const days = { binlog_expire_logs_seconds: undefined, expire_logs_days: '10' };
    expect(await found('5.7.44', days)).toEqual([['OK', 'the']]);
  });
});
