import type { z } from 'zod';
import type { emailSchema, emailStateSchema, retriedSchema } from '../../http/schemas/mail.ts';
import type { Stretch } from './stretch.ts';
import type { ManyReport, ToMany } from './people.ts';

export type { ManyReport, People, ToMany } from './people.ts';

export type Email = z.output<typeof emailSchema>;
export type EmailState = z.output<typeof emailStateSchema>;
export type Retried = z.output<typeof retriedSchema>;

/** One by its id, or all that failed. */
export type Which = { readonly id: string } | { readonly all: true };

export interface MailToMany extends ToMany {
  /** At most so many an hour; undefined: all at once. */
  readonly perHour: number | undefined;
}

export interface EmailAsks {
  list(
    about: Stretch & {
      readonly state: EmailState | undefined;
      /** Whose people they go to. */
      readonly provider: string | undefined;
    },
  ): Promise<readonly Email[]>;
  retry(which: Which): Promise<Retried>;
  /** New links for those who wait for a first password. */
  resend(about: MailToMany): Promise<ManyReport>;
  hold(about: ToMany): Promise<ManyReport>;
  release(about: MailToMany): Promise<ManyReport>;
}
