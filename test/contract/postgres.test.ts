import { describe, expect, it } from '@jest/globals';
import { describeConnector } from './connector-contract.ts';
import { POSTGRES } from './postgres-versions.ts';

for (const [from, open] of POSTGRES) describeConnector(`postgres of ${from}`, open);

describe('the versions of PostgreSQL', () => {
  it('are different ones', async () => {
    const versions = new Set<unknown>();
    for (const [, open] of POSTGRES) {
      await using fixture = await open();
      const [row] = await fixture.execute('SHOW server_version_num');
      versions.add(Math.floor(Number(row?.['server_version_num']) / 10_000));
    }
    expect(versions.size).toBe(POSTGRES.length);
  });
});
