import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import { Secret } from '../../../connectors/contract/secret.ts';
import { openMailer, type Mailer } from '../../../jobs/mail/mailer.ts';
import { migrateQueues } from '../../../jobs/postgres-backend.ts';
import { startWorkers } from '../../../jobs/start-workers.ts';
import { requestRun } from '../../../src/app/runs/request-run.ts';
import { showRun } from '../../../src/app/runs/show-run.ts';
import { requestEmails } from '../../../src/store/mail/request-emails.ts';
import { aPerson } from '../../support/a-person.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';
import { silentLogger } from '../../support/logger.ts';
import { startMailServer, type MailServer } from '../../support/mail-server.ts';
import { startRedis, type RedisServer } from '../../support/redis.ts';
import { waitFor } from '../../support/wait-for.ts';

const cause = { kind: 'system' } as const;

let world: World;
let server: MailServer;
let mailer: Mailer;
beforeEach(async () => {
  world = await createWorld(`${PEOPLE} ${people(50)}`);
  server = await startMailServer();
  mailer = openMailer({
    smtpUrl: new Secret(server.url),
    capturedDirectory: '/nowhere',
    from: 'no-reply@access.example',
    productName: 'Access Management',
    publicUrl: 'http://localhost:4600',
    templatesDirectory: null,
    logger: silentLogger,
  });
});
afterEach(async () => {
  await mailer[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

async function start(redis: RedisServer | null): Promise<AsyncDisposable> {
  return await startWorkers(world.context, {
    redisUrl: redis === null ? null : new Secret(redis.url),
    roles: { worker: true, scheduler: false },
    sendMail: mailer.send,
    concurrency: 5,
  });
}

async function requestMails(count: number): Promise<string[]> {
  const profileIds: string[] = [];
  for (let n = 0; n < count; n += 1)
    profileIds.push((await aPerson(world.context, { preRegistration: true })).id);
  const { store } = world.context;
  return [...(await store.transaction((tx) => requestEmails(tx, 'registration', { profileIds, cause })))];
}

async function allSettled(): Promise<boolean> {
  const rows = await world.context.store.read.query<unknown[]>(
    `SELECT 1 FROM outbox WHERE state = 'pending' LIMIT 1`,
  );
  return rows.length === 0;
}

function sentOnce(ids: readonly string[]): void {
  const sent = server.received.map(({ messageId }) => messageId).toSorted();
  expect(sent).toEqual(ids.map((id) => `<${id}@localhost>`).toSorted());
}

describe.each([
  ['in PostgreSQL', false],
  ['in Redis', true],
])('queues %s', (_where, withRedis) => {
  let redis: RedisServer | null = null;
  beforeEach(async () => {
    redis = withRedis ? await startRedis() : null;
  });
  afterEach(async () => {
    await redis?.[Symbol.asyncDispose]();
  });

  it('carry out what was requested before and after the workers started', async () => {
    const before = await requestMails(5);
    await using _workers = await start(redis);
    const after = await requestMails(5);
    await waitFor(allSettled);
    sentOnce([...before, ...after]);
  });

  it('carry out runs', async () => {
    await aProvider(world);
    await using _workers = await start(redis);
    const { runId } = await requestRun(world.context, { provider: 'acme-hr', kind: 'full', cause });
    await waitFor(async () => (await showRun(world.context, runId)).state === 'done');
    expect(await showRun(world.context, runId)).toMatchObject({ counters: { created: 50 } });
  });

  it('stop with nothing leased and nothing lost', async () => {
    const ids = await requestMails(60);
    const workers = await start(redis);
    await waitFor(() => server.received.length > 3);
    await workers[Symbol.asyncDispose]();
    const leased = await world.context.store.read.query<unknown[]>(
      'SELECT 1 FROM outbox WHERE lease_owner IS NOT NULL',
    );
    expect(leased).toEqual([]);
    await using _others = await start(redis);
    // What was relayed to the stopped workers is with the queue still, or is relayed again.
    await waitFor(allSettled);
    sentOnce(ids);
  });

  it('hold no address, name, token or password', async () => {
    const [id = ''] = await requestMails(1);
    await using _workers = await start(redis);
    await waitFor(allSettled);
    const [received] = server.received;
    const canaries = [received?.to[0], received?.link.split('token=')[1], 'Freja'];
    const held = redis === null ? await everythingInPostgres() : await everythingIn(redis);
    const outbox = await world.context.store.read.query<{ id: string }[]>('SELECT id FROM outbox');
    expect(held).toContain(outbox[0]?.id);
    expect(held).not.toContain(id);
    for (const canary of canaries) expect(held).not.toContain(canary);
  });
});

async function everythingInPostgres(): Promise<string> {
  const client = new pg.Client({ connectionString: world.database.url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'bullmq'`,
    );
    const texts: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ t: string }>(`SELECT t::text FROM ${name} t`);
      texts.push(...rows.map(({ t }) => t));
    }
    return texts.join('\n');
  } finally {
    await client.end();
  }
}

async function everythingIn({ url }: RedisServer): Promise<string> {
  const client = new Redis(url);
  try {
    const texts: string[] = [];
    for (const key of await client.keys('*')) {
      texts.push(key);
      const type = await client.type(key);
      if (type === 'hash') texts.push(JSON.stringify(await client.hgetall(key)));
      if (type === 'string') texts.push((await client.get(key)) ?? '');
      if (type === 'list') texts.push(...(await client.lrange(key, 0, -1)));
      if (type === 'zset') texts.push(...(await client.zrange(key, '0', '-1')));
      if (type === 'stream') texts.push(JSON.stringify(await client.xrange(key, '-', '+')));
    }
    return texts.join('\n');
  } finally {
    client.disconnect();
  }
}

it('loses and repeats nothing when Redis is flushed', async () => {
  await using redis = await startRedis();
  const ids = await requestMails(200);
  await using _workers = await start(redis);
  const client = new Redis(redis.url);
  await waitFor(() => server.received.length > 5);
  await client.flushall();
  client.disconnect();
  // The minute passes after which a queue is no longer believed to have what it was given.
  await world.context.store.read.query(
    `UPDATE outbox SET relayed_at = relayed_at - interval '1 minute' WHERE state = 'pending' AND lease_owner IS NULL`,
  );
  await waitFor(allSettled);
  sentOnce(ids);
});

it('works on when Redis was away, and a relay that fails loses nothing', async () => {
  await using redis = await startRedis();
  const ids = await requestMails(3);
  await using _workers = await start(redis);
  await waitFor(allSettled);
  process.kill(redis.pid, 'SIGSTOP');
  const late = await requestMails(3);
  // Longer than an add may take: the relay has given up on it at least once.
  await waitFor(async () => {
    const [row] = await world.context.store.read.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM outbox WHERE relayed_at < now() - interval '3 s' AND state = 'pending'`,
    );
    return row?.n === 3;
  });
  process.kill(redis.pid, 'SIGCONT');
  await waitFor(allSettled);
  sentOnce([...ids, ...late]);
});

it('may be migrated by any number at once', async () => {
  const url = new Secret(world.database.url);
  await Promise.all(Array.from({ length: 5 }, () => migrateQueues(url)));
});
