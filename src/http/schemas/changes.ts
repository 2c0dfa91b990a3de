import { validate } from 'node-cron';
import { z } from 'zod';
import { advise, text } from './checks.ts';

const FIELDS = 5;

function isCron(expression: string): boolean {
  return expression.trim().split(/\s+/).length === FIELDS && validate(expression.trim());
}

const cron = z
  .string()
  .refine(
    isCron,
    advise('is not a schedule of five fields', {
      code: 'CRON_INVALID',
      remedy: 'Write minute, hour, day, month and weekday, for example "0 3 * * *" for every night at three.',
    }),
  )
  .transform((expression) => expression.trim().replaceAll(/\s+/g, ' '));

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const SUPPORTED = ['none', 'poll'];

const mode = z.enum(['none', 'poll', 'listen', 'replication', 'binlog', 'push']).refine(
  (value) => SUPPORTED.includes(value),
  advise('is not supported by this version', {
    code: 'MODE_UNSUPPORTED',
    remedy: 'Use poll with a schedule in changes.delta and changes.full, or none with changes.full.',
  }),
);

/** How changes are learned of, and when. */
export const changesSchema = z.strictObject({
  mode: mode.default('none'),
  cursor: text.optional(),
  delta: cron.optional(),
  full: cron.optional(),
  timeZone: z
    .string()
    .refine(
      isTimeZone,
      advise('is not the name of a time zone', {
        code: 'TIME_ZONE_UNKNOWN',
        remedy: 'Use an IANA name such as Europe/Stockholm or UTC.',
      }),
    )
    .optional(),
});
