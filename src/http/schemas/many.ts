import { z } from 'zod';
import { invitationSchema } from './profiles.ts';
import { list, time } from './shapes.ts';

const MOST_IDS = 1_000;

const filter = z
  .strictObject({
    provider: z.string().max(63).optional(),
    state: z.enum(['active', 'disabled']).optional(),
    forceReset: z.boolean().optional(),
    preRegistration: z.boolean().optional(),
    undeliverable: z.boolean().optional(),
    invitation: invitationSchema.optional(),
    text: z.string().max(200).optional(),
    recordKey: z.string().max(2_000).optional(),
  })
  .meta({ description: 'Everybody whom all of it describes; `{}` is everybody.' });

const people = {
  ids: z.array(z.uuid()).min(1).max(MOST_IDS).optional().meta({ description: 'These people. Or a filter.' }),
  filter: filter.optional(),
  after: z.uuid().optional().meta({ description: '`next` of the answer before, to go on with a filter.' }),
  limit: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .meta({ description: 'Of those whom the filter describes, at most so many, by username.' }),
  dryRun: z.boolean().default(false).meta({ description: 'Tells whom it would concern, and does nothing.' }),
};

const pace = {
  perHour: z.int().min(1).max(999_999).optional().meta({ description: 'At most so many e-mails an hour.' }),
  notBefore: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'When the first one goes out; now if absent.' }),
};

interface Named {
  readonly ids?: unknown;
  readonly filter?: unknown;
  readonly after?: unknown;
  readonly limit?: unknown;
}

/** Whoever names nobody does not mean everybody. */
function namesPeople({ ids, filter: described, after, limit }: Named): boolean {
  if (ids === undefined) return described !== undefined;
  return described === undefined && after === undefined && limit === undefined;
}

const NAMING = 'give either ids or a filter, and after and limit with a filter only';

export const mailToManySchema = z.strictObject({ ...people, ...pace }).refine(namesPeople, NAMING);

export const holdManySchema = z.strictObject(people).refine(namesPeople, NAMING);

export const resetManySchema = z
  .strictObject({
    ...people,
    on: z.boolean().default(true).meta({ description: 'False takes the flag away again.' }),
  })
  .refine(namesPeople, NAMING);

export const manyReportSchema = z
  .object({
    done: z.int().meta({ description: 'How many it concerned.' }),
    skipped: z.int(),
    reasons: z.record(z.string(), z.int()).meta({ description: 'How many were left out, by reason.' }),
    until: time.nullable().meta({ description: 'When the last e-mail goes out.' }),
    next: z.string().nullable().meta({ description: 'Pass it as `after`; null when nobody is left.' }),
    ids: list(z.uuid()).meta({ description: 'Of those it concerned, where ids or a limit were given.' }),
  })
  .meta({ id: 'ManyReport' });
