import { expect, it } from '@jest/globals';
import { countAttempts, type Counter } from '../../../src/store/passwords/count-attempts.ts';
import { forgiveAttempts } from '../../../src/store/passwords/forgive-attempts.ts';
import { readAttempts } from '../../../src/store/passwords/read-attempts.ts';
import { createStoreDatabase } from '../../support/databases.ts';

const LANES = 10;
const ROUNDS = 40;

it('attempts are counted and forgiven by many at once, and nobody waits for somebody who waits for them', async () => {
  await using database = await createStoreDatabase(LANES);
  const { store } = database;
  const account: Counter = { kind: 'sign-in/account', of: 'somebody' };
  const address: Counter = { kind: 'sign-in/address', of: '192.0.2.7' };
  const lane = async (): Promise<void> => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await store.transaction(async (tx) => await countAttempts(tx, [address, account]));
      await store.transaction(async (tx) => {
        await forgiveAttempts(tx, { takeBack: [address], reset: [account] });
      });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  expect(await readAttempts(store.read, account)).toMatchObject({ failures: 0 });
  await store.transaction(async (tx) => await countAttempts(tx, [address, account]));
  await forgiveAttempts(store.read, { takeBack: [account, address] });
  expect(await readAttempts(store.read, account)).toMatchObject({ failures: 0 });
});
