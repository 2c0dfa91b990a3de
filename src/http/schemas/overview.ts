import { z } from 'zod';
import { list, time } from './shapes.ts';

export const spanSchema = z
  .enum(['day', 'week', 'month'])
  .meta({ id: 'Span', description: '`day`: 24 hours, hour by hour; else 7 or 30 days, day by day.' });

export const activitySchema = z
  .object({
    at: time.meta({ description: 'When the hour or day began, in UTC.' }),
    created: z.int(),
    updated: z.int(),
    disabled: z.int(),
    errors: z.int().meta({ description: 'Records that could not be used.' }),
    runs: z.int(),
    registrationsSent: z.int(),
    passwordsSet: z.int(),
    resetsSent: z.int(),
    writtenBack: z.int(),
  })
  .meta({ id: 'Activity' });

export const overviewSchema = z
  .object({
    needs: z.object({
      undeliverable: z.int().meta({ description: 'People whose latest e-mail did not reach them.' }),
      stuckWriteBacks: z.int(),
      abandonedRuns: z.int(),
      oldestWorkSeconds: z.number(),
      faulty: list(z.object({ provider: z.string(), runId: z.uuid(), records: z.int() })),
    }),
    invitations: z.object({
      notInvited: z.int(),
      held: z.int(),
      queued: z.int(),
      sent: z.int(),
      expired: z.int(),
      undeliverable: z.int(),
    }),
    activity: list(activitySchema),
    mostCounted: z.int().meta({ description: 'A count above this says only that there are more.' }),
  })
  .meta({ id: 'Overview' });
