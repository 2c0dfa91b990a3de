import { expect, it } from '@jest/globals';
import { MARIADB } from '../support/both-servers.ts';
import { makeTable, never, openOn } from './fixture.ts';
import { describeLog } from './mysql-log.ts';

const BINLOG = [
  '--server-id=7',
  '--log-bin=binlog',
  '--binlog-format=ROW',
  '--binlog-row-metadata=FULL',
  '--gtid-domain-id=3',
  // A killed server has lost nothing that was committed.
  '--innodb-flush-log-at-trx-commit=2',
];

describeLog({
  kind: MARIADB,
  settings: BINLOG,
  position: /^mariadb-binlog\/1:\{"gtid":"3-7-\d+"\}$/,
  foreign: [
    'mysql-binlog/1:{"gtid":"3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5"}',
    'mariadb-binlog/1:{"gtid":"3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5"}',
    `mariadb-binlog/1:{"gtid":"0-1-1' OR '1"}`,
  ],
  unusable: [
    ['binlog_format', 'MIXED', 'ROW'],
    ['binlog_row_image', 'MINIMAL', 'FULL'],
    ['binlog_row_metadata', 'NO_LOG', 'FULL'],
  ],
  holdCommits: [
    'SET GLOBAL rpl_semi_sync_master_wait_point = AFTER_SYNC',
    'SET GLOBAL rpl_semi_sync_master_timeout = 60000',
    'SET GLOBAL rpl_semi_sync_master_enabled = ON',
  ],
  letCommits: ['SET GLOBAL rpl_semi_sync_master_enabled = OFF'],
  more: (fixture) => {
    it('warns of a replica that does not log what it takes over', async () => {
      const table = await makeTable(fixture(), 'id bigint PRIMARY KEY, mail varchar(9), pw varchar(9)');
      await using connector = openOn(fixture(), table, { changes: { mode: 'binlog' } });
      const codes = async (): Promise<readonly string[]> =>
        (await connector.check(never)).map(({ code }) => code);
      expect(await codes()).not.toContain('BINLOG_OF_REPLICA');
      await fixture().execute("SET GLOBAL gtid_slave_pos = '9-1-1'");
      expect(await codes()).toContain('BINLOG_OF_REPLICA');
      await fixture().execute("SET GLOBAL gtid_slave_pos = ''");
    });
  },
});
