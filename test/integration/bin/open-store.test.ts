import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect, it } from '@jest/globals';
import { loadConfig } from '../../../config/load.ts';
import type { Store } from '../../../src/store/store.ts';
import { openStore, type Migrations } from '../../../src/bin/open-store.ts';
import { requirePort } from '../../../src/bin/port.ts';
import { Lifecycle } from '../../../src/kernel/lifecycle.ts';
import { createSourceDatabase, createStoreDatabase } from '../../support/databases.ts';
import { silentLogger as logger } from '../../support/logger.ts';

async function open(lifecycle: Lifecycle, url: string, migrations: Migrations): Promise<Store> {
  const { config } = await loadConfig({ DATABASE_URL: url });
  return await openStore(lifecycle, { config, logger, migrations, join: false });
}

it('refuses a store that a newer version has been at, and leaves it alone', async () => {
  await using database = await createStoreDatabase();
  await database.store.read.query(
    `INSERT INTO schema_migrations (timestamp, name) VALUES (9999999999999, 'Later9999999999999')`,
  );
  for (const migrations of ['apply', 'require', 'check'] as const) {
    await using lifecycle = new Lifecycle(logger);
    await expect(open(lifecycle, database.url, migrations)).rejects.toMatchObject({
      code: 'STORE_NEWER',
      message: expect.stringContaining('Later9999999999999'),
    });
  }
});

it('refuses a store of its own server that lacks migrations, unless told to apply them', async () => {
  await using database = await createSourceDatabase();
  await using lifecycle = new Lifecycle(logger);
  await expect(open(lifecycle, database.url, 'require')).rejects.toMatchObject({
    code: 'MIGRATIONS_PENDING',
    remedy: 'Run: bin/tributary migrate',
  });
  await open(lifecycle, database.url, 'ignore');
  expect(await database.query(`SELECT to_regclass('providers') AS there`)).toEqual([{ there: null }]);
  const store = await open(lifecycle, database.url, 'apply');
  expect(await store.read.query(`SELECT count(*)::int AS count FROM providers`)).toEqual([{ count: 0 }]);
  await open(lifecycle, database.url, 'require');
});

it('says which port is taken, and which to try', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port } = address;
  await expect(requirePort({ host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    remedy: expect.stringContaining(`TRIBUTARY_PORT=${port + 1}`),
  });
  server.close();
  await once(server, 'close');
  await requirePort({ host: '127.0.0.1', port });
  await expect(requirePort({ host: '192.0.2.1', port })).rejects.toMatchObject({ code: 'ADDRESS_UNUSABLE' });
});
