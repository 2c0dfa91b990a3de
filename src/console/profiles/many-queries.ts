import type { z } from 'zod';
import type { manyReportSchema } from '../../http/schemas/many.ts';
import { get } from '../api/request.ts';
import type { Wire } from '../api/wire.ts';
import { onceKey } from '../runs/queries.ts';
import type { PeopleFilter } from './people-filter.ts';

export type ManyReport = Wire<z.output<typeof manyReportSchema>>;

/** What can be done to many people at once. */
export type ManyAction = 'resend' | 'hold' | 'release' | 'force-reset' | 'clear-reset';

/** People who were chosen one by one, or everybody whom the filter describes. */
export type People = { readonly ids: readonly string[] } | { readonly filter: PeopleFilter };

interface Verb {
  readonly path: string;
  /** Sent along with every request. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Whom of those that a filter describes it is about at all. */
  readonly narrowed: PeopleFilter;
}

const VERBS: Readonly<Record<ManyAction, Verb>> = {
  resend: { path: '/emails/resend', body: {}, narrowed: { preRegistration: true } },
  hold: { path: '/emails/hold', body: {}, narrowed: { invitation: 'queued' } },
  release: { path: '/emails/release', body: {}, narrowed: { invitation: 'held' } },
  'force-reset': { path: '/profiles/force-reset', body: { on: true }, narrowed: {} },
  'clear-reset': { path: '/profiles/force-reset', body: { on: false }, narrowed: { forceReset: true } },
};

/** How many people one request does something to: often enough to show progress, and to stop. */
const PAGE = 200;

export interface Pace {
  /** E-mails an hour; null for all at once. */
  readonly perHour: number | null;
  /** How many people at most; null for all. */
  readonly most: number | null;
}

/** Tells how many it would concern, and does nothing. */
export async function countMany(
  action: ManyAction,
  people: People,
  signal: AbortSignal,
): Promise<ManyReport> {
  const { path, body } = VERBS[action];
  const parts =
    'ids' in people ? chunks(people.ids).map((ids) => ({ ids })) : [narrowed(action, people.filter)];
  const reports: ManyReport[] = [];
  for (const part of parts)
    reports.push(await get(path, { method: 'POST', body: { ...body, ...part, dryRun: true }, signal }));
  return reports.reduce(add, NOTHING);
}

/**
 * Does it, some people at a time.
 *
 * @param told is called after each time with what has been done so far.
 * @param signal stops after the people who are under way.
 */
export async function doToMany(
  action: ManyAction,
  people: People,
  about: { readonly pace: Pace; readonly told: (report: ManyReport) => void; readonly signal: AbortSignal },
): Promise<ManyReport> {
  let report = NOTHING;
  let rest: readonly string[] = 'ids' in people ? people.ids : [];
  let more = true;
  while (more && !about.signal.aborted) {
    const size = Math.min(PAGE, (about.pace.most ?? Infinity) - report.done);
    const whom =
      'ids' in people
        ? { ids: rest.slice(0, size) }
        : {
            ...narrowed(action, people.filter),
            limit: size,
            ...(report.next !== null && { after: report.next }),
          };
    const { path, body } = VERBS[action];
    const pace = paceOf(about.pace, report.until);
    const next = await get<ManyReport>(path, {
      method: 'POST',
      body: { ...body, ...whom, ...pace },
      headers: onceKey(),
    });
    rest = rest.slice(size);
    report = add(report, next);
    about.told(report);
    more =
      ('ids' in people ? rest.length > 0 : next.next !== null) && report.done < (about.pace.most ?? Infinity);
  }
  return report;
}

const NOTHING: ManyReport = { done: 0, skipped: 0, reasons: {}, until: null, next: null, ids: [] };
const HOUR_MS = 3_600_000;

/** The next e-mails follow those of the requests before at the same distance. */
function paceOf({ perHour }: Pace, until: string | null): Readonly<Record<string, unknown>> {
  if (perHour === null) return {};
  if (until === null) return { perHour };
  return { perHour, notBefore: new Date(new Date(until).getTime() + HOUR_MS / perHour).toISOString() };
}

function narrowed(action: ManyAction, filter: PeopleFilter): { readonly filter: PeopleFilter } {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  return { filter: { ...VERBS[action].narrowed, ...Object.fromEntries(given) } };
}

function chunks(ids: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(ids.length / PAGE) }, (_, at) =>
    ids.slice(at * PAGE, (at + 1) * PAGE),
  );
}

function add(before: ManyReport, after: ManyReport): ManyReport {
  const reasons: Record<string, number> = { ...before.reasons };
  for (const [reason, count] of Object.entries(after.reasons))
    reasons[reason] = (reasons[reason] ?? 0) + count;
  return {
    done: before.done + after.done,
    skipped: before.skipped + after.skipped,
    reasons,
    until: after.until ?? before.until,
    next: after.next,
    ids: [...before.ids, ...after.ids],
  };
}
