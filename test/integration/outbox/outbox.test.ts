import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { claimEffects } from '../../../src/app/outbox/claim-effects.ts';
import { leaseEffect } from '../../../src/app/outbox/lease-effect.ts';
import { renewLease } from '../../../src/app/outbox/renew-lease.ts';
import { settleEffect } from '../../../src/app/outbox/settle-effect.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { countPending } from '../../../src/store/outbox/count-pending.ts';
import { hastenEffects } from '../../../src/store/outbox/hasten-effects.ts';
import { requestEffects } from '../../../src/store/outbox/request-effects.ts';
import { reviveEffects } from '../../../src/store/outbox/revive-effects.ts';
import { createStoreDatabase, type StoreDatabase } from '../../support/databases.ts';

let database: StoreDatabase;
beforeAll(async () => {
  database = await createStoreDatabase(20);
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await database.store.read.query('TRUNCATE outbox');
});

async function request(count = 1): Promise<string[]> {
  await requestEffects(
    database.store.read,
    'email',
    Array.from({ length: count }, () => newId()),
  );
  const rows = await database.store.read.query<{ id: string }[]>('SELECT id FROM outbox ORDER BY id');
  return rows.map((row) => row.id);
}

async function row(id: string): Promise<Record<string, unknown>> {
  const rows = await database.store.read.query<Record<string, unknown>[]>(
    'SELECT *, available_at <= now() AS due FROM outbox WHERE id = $1',
    [id],
  );
  return rows[0] ?? {};
}

async function endLease(id: string): Promise<void> {
  await database.store.read.query(`UPDATE outbox SET lease_until = now() - interval '1 s' WHERE id = $1`, [
    id,
  ]);
}

describe('leasing', () => {
  it('gives one of fifty that ask at once the work, twenty times over', async () => {
    for (let round = 0; round < 20; round += 1) {
      const [id = ''] = (await request()).slice(-1);
      const leases = await Promise.all(Array.from({ length: 50 }, () => leaseEffect(database, id)));
      expect(leases.filter((lease) => lease !== null)).toHaveLength(1);
    }
  });

  it('gives work whose lease ran out to the next, and the first can settle no more', async () => {
    const [id = ''] = await request();
    const first = await leaseEffect(database, id);
    await endLease(id);
    const second = await leaseEffect(database, id);
    expect(second).toMatchObject({ id, attempts: 2 });
    expect(await renewLease(database, first!)).toBe(false);
    expect(await settleEffect(database, first!, { kind: 'failed', code: 'X', reason: 'x' })).toBe(false);
    expect(await row(id)).toMatchObject({ state: 'pending', error_code: null });
    expect(await settleEffect(database, second!, { kind: 'done' })).toBe(true);
    expect(await row(id)).toMatchObject({ state: 'done', lease_owner: null });
  });

  it('keeps a lease that is renewed', async () => {
    const [id = ''] = await request();
    const lease = await leaseEffect(database, id);
    expect(await renewLease(database, lease!)).toBe(true);
    expect(await leaseEffect(database, id)).toBeNull();
  });

  it('counts an attempt that failed and forgets one that was handed back', async () => {
    const [id = ''] = await request();
    const first = await leaseEffect(database, id);
    await settleEffect(database, first!, { kind: 'handed-back', afterSeconds: 0 });
    expect(await row(id)).toMatchObject({ attempts: 0, relayed_at: null, due: true });
    const again = await leaseEffect(database, id);
    await settleEffect(database, again!, { kind: 'later', afterSeconds: 60, code: 'BUSY', reason: 'busy' });
    expect(await row(id)).toMatchObject({ attempts: 1, error_code: 'BUSY', due: false });
    expect(await leaseEffect(database, id)).toBeNull();
  });
});

describe('relaying', () => {
  it('gives any number of relays each row once', async () => {
    await request(300);
    const claims = await Promise.all(Array.from({ length: 10 }, () => claimEffects(database, 'email')));
    const ids = claims.flat().map((effect) => effect.id);
    expect(ids).toHaveLength(300);
    expect(new Set(ids).size).toBe(300);
    expect(await claimEffects(database, 'email')).toEqual([]);
  });

  it('keeps a backlog in the store', async () => {
    await request(1_200);
    expect(await claimEffects(database, 'email')).toHaveLength(500);
    expect(await claimEffects(database, 'email')).toHaveLength(0);
    await database.store.read.query(`UPDATE outbox SET state = 'done' WHERE relays = 1`);
    expect(await claimEffects(database, 'email')).toHaveLength(500);
  });

  it('relays again what a queue has lost, and what a dead worker had', async () => {
    const [lost = '', dead = '', busy = ''] = await request(3);
    await claimEffects(database, 'email');
    for (const id of [dead, busy]) await leaseEffect(database, id);
    await endLease(dead);
    await database.store.read.query(
      `UPDATE outbox SET relayed_at = now() - interval '31 s' WHERE id = ANY ($1::uuid[])`,
      [[lost, busy]],
    );
    const again = await claimEffects(database, 'email');
    expect(again.map(({ id, relays }) => [id, relays]).toSorted()).toEqual(
      [
        [lost, 2],
        [dead, 2],
      ].toSorted(),
    );
  });

  it('leaves other kinds and what is not due alone', async () => {
    const [id = ''] = await request();
    await database.store.read.query(`UPDATE outbox SET available_at = now() + interval '1 h'`);
    expect(await claimEffects(database, 'email')).toEqual([]);
    expect(await claimEffects(database, 'run')).toEqual([]);
    expect(await countPending(database.store.read)).toMatchObject([{ kind: 'email', pending: 1, due: 0 }]);
    expect(await row(id)).toMatchObject({ relays: 0 });
  });
});

describe('reviving', () => {
  it('starts settled work over, also when its row was deleted', async () => {
    const [id = ''] = await request();
    const lease = await leaseEffect(database, id);
    await settleEffect(database, lease!, { kind: 'failed', code: 'X', reason: 'x' });
    await reviveEffects(database.store.read, 'email', [lease!.subjectId]);
    expect(await row(id)).toMatchObject({ state: 'pending', attempts: 0, error_code: null, due: true });
    await database.store.read.query('DELETE FROM outbox');
    await reviveEffects(database.store.read, 'email', [lease!.subjectId]);
    expect(await claimEffects(database, 'email')).toHaveLength(1);
  });

  it('takes work from a worker that is just settling it', async () => {
    const [id = ''] = await request();
    const lease = await leaseEffect(database, id);
    await reviveEffects(database.store.read, 'email', [lease!.subjectId]);
    expect(await settleEffect(database, lease!, { kind: 'done' })).toBe(false);
    expect(await row(id)).toMatchObject({ state: 'pending', attempts: 0 });
  });
});

describe('hastening', () => {
  it('makes waiting work due and leaves work alone that is under way', async () => {
    const [waiting = '', busy = ''] = await request(2);
    const first = await leaseEffect(database, waiting);
    await settleEffect(database, first!, { kind: 'later', afterSeconds: 600, code: 'X', reason: 'x' });
    const second = await leaseEffect(database, busy);
    await hastenEffects(database.store.read, 'email', [first!.subjectId, second!.subjectId]);
    expect(await row(waiting)).toMatchObject({ due: true, attempts: 1 });
    expect(await settleEffect(database, second!, { kind: 'done' })).toBe(true);
  });
});
