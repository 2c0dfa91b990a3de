import type { Cause } from '../../domain/cause.ts';
import { NO_COUNTS, type RunKind } from '../../domain/runs/run.ts';
import { newId } from '../../kernel/ids.ts';
import { requestEffects } from '../outbox/request-effects.ts';
import type { Transaction } from '../transaction.ts';

export interface NewRun {
  readonly providerId: string;
  readonly definitionVersion: number;
  readonly kind: RunKind;
  readonly dryRun: boolean;
  readonly recordKey: string | null;
  /** The run whose faulty records are to be tried again. */
  readonly replayOf?: string;
  readonly cause: Cause;
  /** The scheduled moment; null when somebody asked for it. */
  readonly tick: Date | null;
}

/** Adds a queued run and asks the workers for it. @returns its id; null when the tick has its run already. */
export async function insertRun(tx: Transaction, run: NewRun): Promise<string | null> {
  const id = newId();
  const rows = await tx.query<{ id: string }[]>(
    `INSERT INTO runs (id, provider_id, definition_version, kind, dry_run, record_key, cause, tick, counters, replay_of)
     VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9::jsonb, $10)
     ON CONFLICT (provider_id, kind, tick) WHERE tick IS NOT NULL DO NOTHING
     RETURNING id`,
    [
      id,
      run.providerId,
      run.definitionVersion,
      run.kind,
      run.dryRun,
      run.recordKey,
      JSON.stringify(run.cause),
      run.tick,
      JSON.stringify(NO_COUNTS),
      run.replayOf ?? null,
    ],
  );
  if (rows.length === 0) return null;
  await requestEffects(tx, 'run', [id]);
  return id;
}
