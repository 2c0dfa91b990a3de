import { describeConnector } from './connector-contract.ts';
import { openSqliteFixture } from './sqlite-fixture.ts';

describeConnector('SQLite', openSqliteFixture, 'file');
