import type { Transaction } from '../transaction.ts';
import { insertRun } from './insert-run.ts';

/**
 * Asks for a full run because nothing else helps. One that waits to begin already
 * serves as well. @returns the id of the run that will do it.
 */
export async function insertNewPass(
  tx: Transaction,
  provider: { readonly id: string; readonly version: number },
): Promise<string> {
  // Two that ask at once take turns.
  await tx.query('SELECT 1 FROM providers WHERE id = $1 FOR NO KEY UPDATE', [provider.id]);
  const [waiting] = await tx.query<{ id: string }[]>(
    `SELECT id FROM runs WHERE provider_id = $1 AND kind = 'full' AND state = 'queued' AND NOT dry_run
       AND definition_version = $2 ORDER BY created_at LIMIT 1 FOR SHARE`,
    [provider.id, provider.version],
  );
  if (waiting !== undefined) return waiting.id;
  const id = await insertRun(tx, {
    providerId: provider.id,
    definitionVersion: provider.version,
    kind: 'full',
    dryRun: false,
    recordKey: null,
    cause: { kind: 'system' },
    tick: null,
  });
  if (id === null) throw new Error('a run without a tick cannot exist already');
  return id;
}
