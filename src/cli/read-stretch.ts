import { AppError } from '../kernel/errors.ts';
import type { Stretch } from './asks/stretch.ts';
import { option, type OptionSpec, type Typed } from './command.ts';
import { readChoice } from './read-choice.ts';
import { readCount } from './read-count.ts';

const SORTS = ['newest', 'oldest'] as const;
const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** The options that {@link readStretch} reads. */
export function stretchOptions(limit: string): readonly OptionSpec[] {
  return [
    { flags: '--since <time>', description: 'from this time on: 2026-11-28T22:00Z, or 90m, 8h, 3d ago' },
    { flags: '--until <time>', description: 'before this time' },
    { flags: '--sort <end>', description: 'newest first, or oldest', completes: SORTS },
    { flags: '--limit <n>', description: 'at most so many', default: limit },
  ];
}

/** @throws AppError `TIME_INVALID`, `CHOICE_INVALID` or `NUMBER_INVALID`. */
export function readStretch(typed: Typed, now: Date): Stretch {
  return {
    sort: readChoice('--sort', option(typed, 'sort'), SORTS) ?? undefined,
    since: readTime('--since', option(typed, 'since'), now),
    until: readTime('--until', option(typed, 'until'), now),
    limit: readCount('--limit', option(typed, 'limit') ?? '50'),
  };
}

function readTime(name: string, text: string | null, now: Date): Date | undefined {
  if (text === null) return undefined;
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (count !== undefined) return new Date(now.getTime() - Number(count) * UNITS[unit as keyof typeof UNITS]);
  // A time without a zone would mean another moment on another machine.
  const moment = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text)
    ? new Date(text)
    : new Date(Number.NaN);
  if (!Number.isNaN(moment.getTime())) return moment;
  throw new AppError({
    kind: 'invalid',
    code: 'TIME_INVALID',
    message: `${name} takes a time with its zone, or how long ago: 2026-11-28T22:00Z, 2026-11-28, 90m, 8h, 3d.`,
  });
}
