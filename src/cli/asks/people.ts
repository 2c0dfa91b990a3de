import type { z } from 'zod';
import type { manyReportSchema } from '../../http/schemas/many.ts';
import type { invitationSchema } from '../../http/schemas/profiles.ts';

export type ManyReport = z.output<typeof manyReportSchema>;

/** Whom a list is about. */
export interface ProfileFilter {
  readonly provider?: string | undefined;
  readonly state?: 'active' | 'disabled' | undefined;
  readonly forceReset?: boolean | undefined;
  readonly preRegistration?: boolean | undefined;
  readonly undeliverable?: boolean | undefined;
  readonly invitation?: z.output<typeof invitationSchema> | undefined;
  readonly text?: string | undefined;
}

/** People by their ids, or everybody whom a filter describes, or the first of them by username. */
export type People =
  | { readonly ids: readonly string[] }
  | { readonly filter: ProfileFilter; readonly limit?: number | undefined };

/** What is done to many people. */
export interface ToMany {
  readonly people: People;
  /** Tells how many it concerns, and does nothing. */
  readonly dryRun: boolean;
}
