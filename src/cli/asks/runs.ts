import type { z } from 'zod';
import type { resyncSchema, runErrorSchema, runRecordSchema, runSchema } from '../../http/schemas/runs.ts';
import type { Stretch } from './stretch.ts';

export type Run = z.output<typeof runSchema>;
export type RunRecord = z.output<typeof runRecordSchema>;
export type RunError = z.output<typeof runErrorSchema>;
export type Resync = z.output<typeof resyncSchema>;

export interface RunAsks {
  request(about: {
    readonly provider: string;
    readonly kind: 'full' | 'delta';
    readonly dryRun: boolean;
  }): Promise<{ readonly runId: string }>;
  /** One person, by the key of their record. */
  resync(provider: string, recordKey: string, signal: AbortSignal): Promise<Resync>;
  list(
    about: Stretch & {
      readonly provider: string | undefined;
      readonly state: Run['state'] | undefined;
      readonly kind: Run['kind'] | undefined;
    },
  ): Promise<readonly Run[]>;
  show(id: string): Promise<Run>;
  /** In stretches, so that a plan of a million takes no memory. */
  records(id: string): AsyncIterable<readonly RunRecord[]>;
  /** In stretches, oldest first. */
  errors(id: string): AsyncIterable<readonly RunError[]>;
  approve(id: string): Promise<void>;
  reject(id: string): Promise<void>;
  replay(id: string): Promise<{ readonly runId: string }>;
  /** The run as it changes, and at last as it ended or is held. Directly on the store it is also worked on. */
  follow(id: string, signal: AbortSignal): AsyncIterable<Run>;
}
