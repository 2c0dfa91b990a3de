import { rm } from 'node:fs/promises';
import pg from 'pg';
import type { Config } from '../../../config/options.ts';
import type { Logger } from '../../../connectors/contract/tools.ts';
import { startEmbeddedServer } from '../../store/embedded/start.ts';
import { serverDirectory, STORE_DATABASE } from '../open-store.ts';
import { capturedDirectory } from '../mail.ts';
import { definitionFile } from './register-sample.ts';
import { SAMPLE_DATABASE } from './sample-database.ts';

/** Removes what an earlier demo left in the data directory: both databases, captured mail, the definition. The key stays. */
export async function resetDemo(config: Config, logger: Logger): Promise<void> {
  await using server = await startEmbeddedServer({ directory: serverDirectory(config), logger });
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    for (const database of [STORE_DATABASE, SAMPLE_DATABASE])
      await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  } finally {
    await client.end();
  }
  await rm(capturedDirectory(config), { recursive: true, force: true });
  await rm(definitionFile(config), { force: true });
}
