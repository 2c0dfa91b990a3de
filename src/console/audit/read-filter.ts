/** Held in the address of the screen; days as `2026-11-28`, in the zone of whoever looks. */
export interface AuditSearch {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function text(given: unknown): string | undefined {
  const value = typeof given === 'number' ? String(given) : given;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function day(given: unknown): string | undefined {
  return typeof given === 'string' && DAY.test(given) ? given : undefined;
}

export function readAuditFilter(search: Record<string, unknown>): AuditSearch {
  return {
    actor: text(search['actor']),
    action: text(search['action']),
    subject: text(search['subject']),
    from: day(search['from']),
    to: day(search['to']),
  };
}

/** The same for the API: from the beginning of the first day to the end of the last. */
export function auditQueryOf({
  from,
  to,
  ...filter
}: AuditSearch): Readonly<Record<string, string | undefined>> {
  return { ...filter, since: startOf(from, 0), until: startOf(to, 1) };
}

function startOf(text: string | undefined, daysLater: number): string | undefined {
  if (text === undefined) return undefined;
  const start = new Date(`${text}T00:00:00`);
  start.setDate(start.getDate() + daysLater);
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}
