import { validate } from 'node-cron';
import { z } from 'zod';
import type { Changes, ConnectorKind } from '../../../connectors/contract/definition.ts';
import { advise, text } from './checks.ts';

const FIELDS = 5;

function isCron(expression: string): boolean {
  return expression.trim().split(/\s+/).length === FIELDS && validate(expression.trim());
}

/** Five fields, with single spaces between them. */
export const cron = z
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

type Mode = Changes['mode'];

/** Every database has ways of its own to learn what changed. */
const MODES: Readonly<Record<ConnectorKind, readonly Mode[]>> = {
  postgres: ['none', 'poll', 'listen', 'replication', 'push'],
  mysql: ['none', 'poll', 'binlog', 'push'],
  sqlite: ['none', 'poll', 'push'],
  push: ['push'],
};

function modeSchema(kind: ConnectorKind) {
  const modes = MODES[kind];
  const usual = modes[0] ?? 'none';
  return z
    .enum(['none', 'poll', 'listen', 'replication', 'binlog', 'push'])
    .default(usual)
    .refine(
      (value) => modes.includes(value),
      advise(`is no way to learn of changes from ${kind}`, {
        code: 'MODE_UNSUPPORTED',
        remedy: `Use one of: ${modes.join(', ')}.`,
      }),
    );
}

/** A week: a change that is committed later than that after it was dated is found by a full run. */
const MAX_OVERLAP_MINUTES = 10_080;

export const timeZone = z.string().refine(
  isTimeZone,
  advise('is not the name of a time zone', {
    code: 'TIME_ZONE_UNKNOWN',
    remedy: 'Use an IANA name such as Europe/Stockholm or UTC.',
  }),
);

const settings = {
  cursor: text.optional(),
  overlapMinutes: z.int().min(0).max(MAX_OVERLAP_MINUTES).optional(),
  delta: cron.optional(),
  full: cron.optional(),
  timeZone: timeZone.optional(),
};

/** How changes are learned of, and when. */
export function changesSchema(kind: ConnectorKind) {
  return z.strictObject({ mode: modeSchema(kind), ...settings });
}
