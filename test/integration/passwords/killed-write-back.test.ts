import { expect, it } from '@jest/globals';
import { Secret } from '../../../connectors/contract/secret.ts';
import { deliverWriteBack } from '../../../src/app/passwords/deliver-write-back.ts';
import { requestWriteBack } from '../../../src/app/passwords/request-write-back.ts';
import { carryOutRun } from '../../../src/app/runs/carry-out-run.ts';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { aProvider, createWorld, PEOPLE, people } from '../../support/context.ts';
import { run } from '../../support/processes.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { WorkerOrder } from '../../support/worker-child.ts';

const signal = new AbortController().signal;
const cause = { kind: 'person' } as const;

it('a worker that is killed after the commit at the source and before its own leaves nothing to mend', async () => {
  await using world = await createWorld(`${PEOPLE} ${people(1)}`);
  const { context } = world;
  const rows = async <T extends object>(sql: string): Promise<T[]> =>
    await context.store.read.query<T[]>(sql);
  const providerId = await aProvider(world);
  const { runId } = await requestRun(context, { provider: 'acme-hr', kind: 'full', cause });
  await carryOutRun(context, runId, { owner: newId(), signal });
  await rows(`UPDATE credentials SET effective = 'local', local_hash = 'x'`);
  const [{ id: profileId } = { id: '' }] = await rows<{ id: string }>('SELECT id FROM profiles');

  // Its own commit has to wait for us.
  await rows(`CREATE FUNCTION stall() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF NEW.state = 'written' THEN PERFORM pg_sleep(60); END IF; RETURN NEW; END $$`);
  await rows('CREATE TRIGGER stall BEFORE UPDATE ON write_backs FOR EACH ROW EXECUTE FUNCTION stall()');
  const order: WorkerOrder = {
    ...{ url: world.database.url, key: world.key.toString('hex') },
    smtpUrl: 'smtp://127.0.0.1:1',
  };
  await using doomed = run(process.execPath, ['--import', 'tsx', 'test/support/worker-child.ts'], {
    env: { ...process.env, NODE_OPTIONS: '', WORKER: JSON.stringify(order) },
  });
  await doomed.waitFor(/working/);
  const plan = {
    kind: 'planned',
    ...{ providerId, providerName: 'acme-hr', recordKey: '1' },
    ...{ hash: new Secret('new-hash'), expected: new Secret('hash-1') },
  } as const;
  const id = await context.store.transaction((tx) =>
    requestWriteBack(context, tx, { profileId, plan, cause }),
  );
  const atSource = async (): Promise<unknown> =>
    (await world.source.query('SELECT pw_hash FROM people'))[0]?.['pw_hash'];
  await waitFor(async () => (await atSource()) === 'new-hash');
  await doomed.stop('SIGKILL');
  // The server finds out by itself when it next writes to the dead connection; here it is told.
  await rows(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND datname = current_database() AND wait_event = 'PgSleep'`);
  await rows('DROP TRIGGER stall ON write_backs');
  expect(await rows('SELECT state FROM write_backs')).toEqual([{ state: 'pending' }]);

  expect(await deliverWriteBack(context, id ?? '', signal)).toEqual({ kind: 'done' });
  expect(await rows('SELECT state, hash FROM write_backs')).toEqual([{ state: 'written', hash: null }]);
  expect(
    await rows(`SELECT kind, detail->'inForce' AS who FROM profile_events WHERE kind ~ 'writ' ORDER BY id`),
  ).toEqual([{ kind: 'password-written-back', who: null }]);
  const again = await requestRun(context, { provider: 'acme-hr', kind: 'full', cause });
  await carryOutRun(context, again.runId, { owner: newId(), signal });
  expect(await atSource()).toBe('new-hash');
  expect(await rows('SELECT effective FROM credentials')).toEqual([{ effective: 'local' }]);
});
