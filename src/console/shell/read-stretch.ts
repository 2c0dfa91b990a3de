/** Which stretch of a list that is kept by time; held in the address, days as `2026-11-28` in the zone of whoever looks. */
export interface StretchSearch {
  /** Absent for the newest first. */
  readonly sort?: 'oldest' | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function day(given: unknown): string | undefined {
  return typeof given === 'string' && DAY.test(given) ? given : undefined;
}

export function readStretch(search: Readonly<Record<string, unknown>>): StretchSearch {
  return {
    sort: search['sort'] === 'oldest' ? 'oldest' : undefined,
    from: day(search['from']),
    to: day(search['to']),
  };
}

/** The same for the API, beside whatever else the screen filters by: from the beginning of the first day to the end of the last. */
export function stretchQueryOf({
  from,
  to,
  ...filter
}: StretchSearch): Readonly<Record<string, string | undefined>> {
  return { ...filter, since: startOf(from, 0), until: startOf(to, 1) };
}

function startOf(text: string | undefined, daysLater: number): string | undefined {
  if (text === undefined) return undefined;
  const start = new Date(`${text}T00:00:00`);
  start.setDate(start.getDate() + daysLater);
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}
