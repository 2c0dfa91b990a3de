import { afterAll, beforeAll, describe } from '@jest/globals';
import { describeChecking, FILE_STEPS, SERVER_STEPS } from './checking.ts';
import { describeComparing } from './comparing.ts';
import { describeDigests } from './digests.ts';
import type { ConnectorFixture } from './fixture.ts';
import { describeReading } from './reading.ts';
import { describeGrants, describeOddWords, describeReach, describeServerFaults } from './server.ts';
import { describeValues } from './values.ts';
import { describeVerifying } from './verifying.ts';
import { describeWriting } from './writing.ts';

/** `file`: there are no addresses, no logins and no rights of their own; what is said of them is left out. */
export type Whereabouts = 'server' | 'file';

/** Registers the suite that every connector passes. `openFixture` is called once; the tests share the database, not the tables. */
export function describeConnector(
  name: string,
  openFixture: () => Promise<ConnectorFixture>,
  where: Whereabouts = 'server',
): void {
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
    if (where === 'server') {
      describeServerFaults(fixture);
      describeOddWords(fixture);
    }
    describeValues(fixture);
    describeDigests(fixture);
    describeWriting(fixture);
    describeComparing(fixture);
    describeVerifying(fixture);
    describeChecking(fixture, where === 'server' ? SERVER_STEPS : FILE_STEPS);
    if (where === 'server') {
      describeReach(fixture);
      describeGrants(fixture);
    }
  });
}
