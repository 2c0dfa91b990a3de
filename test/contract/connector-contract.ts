import { afterAll, beforeAll, describe } from '@jest/globals';
import { describeChecking } from './checking.ts';
import { describeDigests } from './digests.ts';
import type { ConnectorFixture } from './fixture.ts';
import { describeReading } from './reading.ts';
import { describeValues } from './values.ts';
import { describeWriting } from './writing.ts';

/** Registers the suite that every connector passes. `openFixture` is called once; the tests share the database, not the tables. */
export function describeConnector(name: string, openFixture: () => Promise<ConnectorFixture>): void {
  describe(`the ${name} connector`, () => {
    let opened: ConnectorFixture | null = null;
    beforeAll(async () => {
      opened = await openFixture();
    });
    afterAll(async () => {
      await opened?.[Symbol.asyncDispose]();
    });
    const fixture = (): ConnectorFixture => {
      if (opened === null) throw new Error('the fixture did not open');
      return opened;
    };
    describeReading(fixture);
    describeValues(fixture);
    describeDigests(fixture);
    describeWriting(fixture);
    describeChecking(fixture);
  });
}
