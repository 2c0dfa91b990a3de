import { afterAll, beforeAll, describe } from '@jest/globals';
import { startMariadb, type MariadbServer } from '../support/mariadb.ts';
import { describeConnector } from './connector-contract.ts';
import { openMysqlFixture, type Setup } from './mysql-fixture.ts';

const SETUPS: readonly Setup[] = [
  { collation: 'utf8mb4_general_ci', sqlMode: '' },
  { collation: 'utf8mb4_bin', sqlMode: 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT' },
  {
    collation: 'uca1400_ai_ci',
    sqlMode: 'TRADITIONAL,PAD_CHAR_TO_FULL_LENGTH,IGNORE_SPACE,HIGH_NOT_PRECEDENCE',
  },
];

describe('MariaDB', () => {
  let server: MariadbServer;
  beforeAll(async () => {
    server = await startMariadb();
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });
  for (const setup of SETUPS)
    describeConnector(`mysql, ${setup.collation} and sql_mode '${setup.sqlMode}'`, () =>
      openMysqlFixture(server, setup),
    );
});
