import { afterAll, beforeAll, describe } from '@jest/globals';
import { startPostgres } from '../support/postgres.ts';
import type { ConnectorFixture } from './fixture.ts';
import { openPostgresFixture } from './postgres-fixture.ts';

/** Where the versions of PostgreSQL come from that the suites run against: npm has the newest, Debian an older one. */
export const POSTGRES: readonly (readonly [string, () => Promise<ConnectorFixture>])[] = [
  ['npm', async () => await openPostgresFixture()],
  ['Debian', openDebianFixture],
];

/** On a server of its own, which ends with the fixture. */
async function openDebianFixture(): Promise<ConnectorFixture> {
  const server = await startPostgres();
  const fixture = await openPostgresFixture(server);
  return {
    ...fixture,
    [Symbol.asyncDispose]: async () => {
      await fixture[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** Registers a suite once for each of {@link POSTGRES}; its tests share the database, not the tables. */
export function describePostgres(name: string, suite: (fixture: () => ConnectorFixture) => void): void {
  describe.each(POSTGRES)(`${name} (from %s)`, (_, open) => {
    let opened: ConnectorFixture | null = null;
    beforeAll(async () => {
      opened = await open();
    });
    suite(() => {
      if (opened === null) throw new Error('the fixture did not open');
      return opened;
    });
    // The suite's own comes before this one.
    afterAll(async () => {
      await opened?.[Symbol.asyncDispose]();
    });
  });
}
