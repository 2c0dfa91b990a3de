import { findWaitingRun } from '../../store/runs/find-waiting-run.ts';
import { insertNewPass } from '../../store/runs/insert-new-pass.ts';
import { insertRun } from '../../store/runs/insert-run.ts';
import type { Transaction } from '../../store/transaction.ts';

/**
 * Asks for the run that sees to what was pushed. One that waits to begin sees to it
 * as well; before the first full run, and after a complete set, it is a full one.
 *
 * @returns its id; null while the provider is paused: what was pushed waits.
 */
export async function requestPushRun(
  tx: Transaction,
  provider: {
    readonly providerId: string;
    readonly version: number;
    readonly checkpoint: string | null;
    readonly paused: boolean;
    /** Absence means something now. */
    readonly complete: boolean;
  },
): Promise<string | null> {
  const { providerId, version, checkpoint, paused, complete } = provider;
  if (paused) return null;
  if (complete || checkpoint === null) return await insertNewPass(tx, { id: providerId, version });
  const waiting = await findWaitingRun(tx, providerId, version);
  if (waiting !== null) return waiting;
  return await insertRun(tx, {
    providerId,
    definitionVersion: version,
    kind: 'delta',
    dryRun: false,
    recordKey: null,
    cause: { kind: 'system' },
    tick: null,
  });
}
