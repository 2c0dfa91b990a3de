import type { ShownOption } from '../../../config/print.ts';
import type { Probes } from '../../app/installation/diagnose.ts';

/** What a process knows about how it was started; src/bin says it. */
export interface Installation {
  /** Of the product. */
  readonly version: string;
  /** Every option with its present value; secrets are masked. */
  readonly settings: readonly ShownOption[];
  /** What this process does: `api`, `worker`, `scheduler`. */
  readonly roles: readonly string[];
  readonly branding: {
    /** `#rrggbb`; null for the built-in one. */
    readonly accentColour: string | null;
    readonly hasLogo: boolean;
    readonly hasLogoDark: boolean;
  };
  /** Whether a page of the console shows what lies in the queues. */
  readonly inspector: boolean;
  readonly probes: Probes;
}
