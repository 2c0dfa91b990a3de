import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Secret } from '../../connectors/contract/secret.ts';
import { startEmbeddedServer } from '../../src/store/embedded/start.ts';
import { Store } from '../../src/store/store.ts';
import { silentLogger } from './logger.ts';
import { FACTS_VARIABLE, type ServerFacts } from './server-facts.ts';

const PREFIX = 'tributary-test-';
const TEMPLATE = 'tributary_template';

/** Nothing here outlives the run, so nothing needs to reach the disk. */
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  autovacuum_naptime: '5s',
};

export interface TestServer extends AsyncDisposable {
  readonly facts: ServerFacts;
}

/** Starts the server, migrates the template once, and tells the workers through the environment. */
export async function startTestServer(): Promise<TestServer> {
  await removeAbandoned();
  const directory = await mkdtemp(path.join(tmpdir(), PREFIX));
  // The account that runs PostgreSQL when we are root has to enter it.
  await chmod(directory, 0o755);
  const server = await startEmbeddedServer({ directory, logger: silentLogger, settings: FAST });
  await server.createDatabase(TEMPLATE);
  await migrate(server.url(TEMPLATE));
  const facts: ServerFacts = {
    host: server.host,
    port: server.port,
    user: server.user,
    password: server.password.reveal(),
    template: TEMPLATE,
  };
  process.env[FACTS_VARIABLE] = JSON.stringify(facts);
  return {
    facts,
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function migrate(url: string): Promise<void> {
  const store = await Store.open({ url: new Secret(url), poolSize: 2, logger: silentLogger });
  try {
    await store.migrate();
  } finally {
    await store[Symbol.asyncDispose]();
  }
}

/** A jest that was killed leaves its server running: whatever nobody owns any more is stopped and removed. */
async function removeAbandoned(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  for (const name of names) {
    const directory = path.join(tmpdir(), name);
    if (!(await readdir(directory).catch((): string[] => [])).includes('owner.lock')) continue;
    try {
      const server = await startEmbeddedServer({ directory, logger: silentLogger, settings: FAST });
      await server[Symbol.asyncDispose]();
    } catch {
      // In use by a jest that runs beside this one, or beyond repair: not ours to remove.
      continue;
    }
    await rm(directory, { recursive: true, force: true });
  }
}
