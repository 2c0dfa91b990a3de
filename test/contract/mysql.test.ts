import { MARIADB, MYSQL, describeBoth } from '../support/both-servers.ts';
import { describeConnector } from './connector-contract.ts';
import { openMysqlFixture, type Setup } from './mysql-fixture.ts';

const SETUPS: Readonly<Record<string, readonly Setup[]>> = {
  [MARIADB.name]: [
    { collation: 'utf8mb4_bin', sqlMode: 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT' },
    {
      collation: 'uca1400_ai_ci',
      sqlMode: 'TRADITIONAL,PAD_CHAR_TO_FULL_LENGTH,IGNORE_SPACE,HIGH_NOT_PRECEDENCE',
    },
  ],
  [MYSQL.name]: [{ collation: 'utf8mb4_0900_ai_ci', sqlMode: 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES' }],
};

describeBoth('the connector on', (server, { name }) => {
  for (const setup of SETUPS[name] ?? [])
    describeConnector(`mysql, ${setup.collation} and sql_mode '${setup.sqlMode}'`, () =>
      openMysqlFixture(server(), setup),
    );
});
