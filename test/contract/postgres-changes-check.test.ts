import { beforeAll, expect, it } from '@jest/globals';
import type { Finding } from '../../connectors/contract/connector.ts';
import { makeTable, never, openOn, type ConnectorFixture } from './fixture.ts';
import { describePostgres } from './postgres-versions.ts';

const COLUMNS = 'id bigint PRIMARY KEY, mail text, pw text, changed timestamptz';

function found(findings: readonly Finding[], severity: Finding['severity']): readonly string[] {
  return findings
    .filter((finding) => finding.step === 'changes' && finding.severity === severity)
    .map(({ code }) => code)
    .toSorted();
}

describePostgres('checking how PostgreSQL tells of changes', (fixtureOf) => {
  let fixture: ConnectorFixture;
  beforeAll(() => {
    fixture = fixtureOf();
  });

  it('finds what a poll lacks', async () => {
    const table = await makeTable(fixture, COLUMNS);
    await fixture.execute(`CREATE VIEW v_${table} AS SELECT * FROM ${table}`);
    await using view = openOn(fixture, `v_${table}`, { changes: { mode: 'poll' } });
    expect(found(await view.check(never), 'error')).toEqual(['CHANGES_UNAVAILABLE']);
    await using cursor = openOn(fixture, table, { changes: { mode: 'poll', cursor: 'changed' } });
    expect(found(await cursor.check(never), 'warning')).toEqual(['CURSOR_NOT_INDEXED', 'CURSOR_NULLABLE']);
    await fixture.execute(`CREATE INDEX ON ${table} (changed)`);
    await fixture.execute(`ALTER TABLE ${table} ALTER changed SET NOT NULL`);
    expect(found(await cursor.check(never), 'ok')).toEqual(['OK']);
  });

  it('finds what listening lacks, and prints what makes it', async () => {
    const table = await makeTable(fixture, COLUMNS);
    await using connector = openOn(fixture, table, { name: 'check-listen', changes: { mode: 'listen' } });
    const findings = await connector.check(never);
    expect(found(findings, 'error')).toEqual(['TRIGGER_MISSING']);
    await fixture.execute(findings.find(({ code }) => code === 'TRIGGER_MISSING')?.remedy ?? '');
    expect(found(await connector.check(never), 'ok')).toEqual(['OK']);
    await fixture.execute(`ALTER TABLE ${table} DISABLE TRIGGER tributary_check_listen_delete`);
    expect(found(await connector.check(never), 'error')).toEqual(['TRIGGER_DISABLED']);
  });

  it('refuses to read the log where that would harm the source', async () => {
    const table = await makeTable(fixture, 'id bigint, mail text, pw text');
    await using connector = openOn(fixture, table, { name: 'check-log', changes: { mode: 'replication' } });
    expect(found(await connector.check(never), 'error')).toEqual([
      'PUBLICATION_MISSING',
      'REPLICA_IDENTITY_MISSING',
      'SLOT_UNBOUNDED',
    ]);
    await fixture.execute(`ALTER TABLE ${table} REPLICA IDENTITY FULL`);
    expect(found(await connector.check(never), 'warning')).toEqual(['LOG_HAS_WHOLE_ROWS']);
  });
});
