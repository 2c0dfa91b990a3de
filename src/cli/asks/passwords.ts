import type { z } from 'zod';
import type {
  settledSchema,
  settleSchema,
  writeBackSchema,
  writeBackStateSchema,
} from '../../http/schemas/write-backs.ts';
import type { Stretch } from './stretch.ts';
import type { Retried, Which } from './mail.ts';

export type WriteBack = z.output<typeof writeBackSchema>;
export type WriteBackState = z.output<typeof writeBackStateSchema>;
export type Settling = z.output<typeof settleSchema>;
export type Settled = z.output<typeof settledSchema>;

export interface WriteBackAsks {
  list(
    about: Stretch & {
      readonly state: WriteBackState | undefined;
      readonly provider: string | undefined;
    },
  ): Promise<readonly WriteBack[]>;
  retry(which: Which): Promise<Retried>;
  settle(decision: Settling): Promise<Settled>;
}
