import { describeConnector } from './connector-contract.ts';
import { openPostgresFixture } from './postgres-fixture.ts';

describeConnector('postgres', openPostgresFixture);
