import type { z } from 'zod';
import type { emailSchema, emailStateSchema, retriedSchema } from '../../http/schemas/mail.ts';
import type { manyReportSchema } from '../../http/schemas/many.ts';
import type { ProfileFilter } from './profiles.ts';

export type Email = z.output<typeof emailSchema>;
export type EmailState = z.output<typeof emailStateSchema>;
export type Retried = z.output<typeof retriedSchema>;
export type ManyReport = z.output<typeof manyReportSchema>;

/** One by its id, or all that failed. */
export type Which = { readonly id: string } | { readonly all: true };

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

export interface MailToMany extends ToMany {
  /** At most so many an hour; undefined: all at once. */
  readonly perHour: number | undefined;
}

export interface EmailAsks {
  list(about: { readonly state: EmailState | undefined; readonly limit: number }): Promise<readonly Email[]>;
  retry(which: Which): Promise<Retried>;
  /** New links for those who wait for a first password. */
  resend(about: MailToMany): Promise<ManyReport>;
  hold(about: ToMany): Promise<ManyReport>;
  release(about: MailToMany): Promise<ManyReport>;
}
