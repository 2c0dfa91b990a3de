import type { Secret } from '../../../connectors/contract/secret.ts';
import { awaitReady, type RunningServer } from './await-ready.ts';
import { withConnection } from './connect.ts';
import { embeddedFailure } from './failure.ts';

/**
 * Takes over the server that a killed Tributary left running on this data
 * directory, with the settings it was started with.
 *
 * @returns null when there is none.
 * @throws AppError `EMBEDDED_SERVER_FAILED` when one runs and does not know our password.
 */
export async function adoptServer(data: string, password: Secret): Promise<RunningServer | null> {
  const found = await awaitReady(data, null);
  if (found === null) return null;
  try {
    await withConnection(found.port, password, async (client) => await client.query('SELECT 1'));
    return found;
  } catch (cause) {
    throw embeddedFailure(
      `A PostgreSQL server (process ${String(found.pid)}) runs on ${data} and does not let us in.`,
      `Stop it: kill -INT ${String(found.pid)}.`,
      cause,
    );
  }
}
