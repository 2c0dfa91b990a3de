import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connector } from '../../connectors/contract/connector.ts';
import { describeFeed } from './changes.ts';
import { makeTable, never, openOn, type ConnectorFixture } from './fixture.ts';
import { feedOf, Follower } from './follower.ts';
import { openPostgresFixture } from './postgres-fixture.ts';

const COLUMNS = 'id bigint PRIMARY KEY, mail text, pw text';

describe('reading the log of PostgreSQL', () => {
  let fixture: ConnectorFixture;
  beforeAll(async () => {
    fixture = await openPostgresFixture();
  });
  afterAll(async () => {
    // A database with a slot cannot be dropped.
    await fixture.execute(
      `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database() AND NOT active`,
    );
    await fixture[Symbol.asyncDispose]();
  });

  async function install(connector: Connector): Promise<void> {
    const traces = (await connector.traces?.list(never)) ?? [];
    for (const { kind, remedy } of traces) if (kind === 'publication') await fixture.execute(remedy);
  }

  async function setUp(rows: readonly string[] = [], columns = COLUMNS) {
    const table = await makeTable(fixture, columns, rows);
    const connector = openOn(fixture, table, {
      name: `log-${table.replaceAll('_', '-')}`,
      changes: { mode: 'replication' },
    });
    await install(connector);
    return { table, connector, slot: `tributary_log_${table}` };
  }

  describeFeed(() => fixture, {
    name: 'the log',
    changes: { mode: 'replication' },
    install: (_, connector) => install(connector),
    anyCursor: true,
  });

  it('says that there is no publication', async () => {
    const table = await makeTable(fixture, COLUMNS);
    await using connector = openOn(fixture, table, { name: 'none', changes: { mode: 'replication' } });
    await expect(feedOf(connector).head(never)).rejects.toMatchObject({ code: 'CHANGES_UNAVAILABLE' });
  });
});
