import { expect, it } from '@jest/globals';
import { requestEmails } from '../../../src/store/mail/request-emails.ts';
import { aPerson } from '../../support/a-person.ts';
import { createWorld, type World } from '../../support/context.ts';
import { startMailServer, type MailServer } from '../../support/mail-server.ts';
import { run, type Running } from '../../support/processes.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { WorkerOrder } from '../../support/worker-child.ts';

const CONCURRENCY = 5;
const MAILS = 150;

function startChild(world: World, server: MailServer): Running {
  const order: WorkerOrder = { url: world.database.url, key: world.key.toString('hex'), smtpUrl: server.url };
  return run(process.execPath, ['--import', 'tsx', 'test/support/worker-child.ts'], {
    env: { ...process.env, NODE_OPTIONS: '', WORKER: JSON.stringify(order) },
  });
}

it('is taken over by another within a minute, and no e-mail goes out with another link', async () => {
  await using world = await createWorld();
  await using server = await startMailServer();
  const profileIds: string[] = [];
  for (let n = 0; n < MAILS; n += 1)
    profileIds.push((await aPerson(world.context, { preRegistration: true })).id);
  const cause = { kind: 'system' } as const;
  const { store } = world.context;
  const ids = await store.transaction((tx) => requestEmails(tx, 'registration', { profileIds, cause }));

  await using doomed = startChild(world, server);
  await waitFor(() => server.received.length > 20);
  await doomed.stop('SIGKILL');
  const before = server.received.length;
  expect(before).toBeLessThan(MAILS);
  const [held] = await store.read.query<{ rows: number; longest: number }[]>(
    `SELECT count(*)::int AS rows, max(extract(epoch FROM lease_until - now()))::float8 AS longest
     FROM outbox WHERE lease_owner IS NOT NULL`,
  );
  expect(held?.longest ?? 0).toBeLessThan(60);
  // That time passes.
  await store.read.query(
    `UPDATE outbox SET lease_until = now() - interval '1 s' WHERE lease_owner IS NOT NULL`,
  );

  await using heir = startChild(world, server);
  await heir.waitFor(/working/);
  await waitFor(async () => {
    const pending = await store.read.query<unknown[]>(`SELECT 1 FROM outbox WHERE state <> 'done' LIMIT 1`);
    return pending.length === 0;
  });

  const links = new Map<string, Set<string>>();
  for (const { messageId, link } of server.received)
    links.set(messageId, (links.get(messageId) ?? new Set()).add(link));
  expect([...links.keys()].toSorted()).toEqual(ids.map((id) => `<${id}@localhost>`).toSorted());
  expect([...links.values()].every((ofOne) => ofOne.size === 1)).toBe(true);
  // Only what the killed worker had in its hands can have gone out twice.
  expect(server.received.length - ids.length).toBeLessThanOrEqual(CONCURRENCY);
});
