/** `record` is one person; `delta` and `stream` follow a change feed. */
export const RUN_KINDS = ['full', 'delta', 'stream', 'record'] as const;
export type RunKind = (typeof RUN_KINDS)[number];

/**
 * queued → planning → applying → done, with `held` between planning and applying
 * when a safeguard objects. `rejected` ends a held run; `failed` ends any.
 */
export const RUN_STATES = ['queued', 'planning', 'held', 'applying', 'done', 'failed', 'rejected'] as const;
export type RunState = (typeof RUN_STATES)[number];

/**
 * How a run learns what to plan. `pages`: every record is read. `digests` and then
 * `buckets`: only those whose digests differ. `staging` and then `keys`: those that
 * the provider's changes name.
 */
export type RunPhase = 'pages' | 'digests' | 'buckets' | 'staging' | 'keys';

/** What a run would do, or did, with one record. */
export type RunAction = 'create' | 'link' | 'update' | 'return' | 'disable';

/** Old and new value of one field as they may be shown; passwords are only said to change. */
export interface FieldChange {
  readonly from: string | null;
  readonly to: string | null;
}

/** Counts of records by what was planned for them (while planning, held or dry) and then of what was done. */
export interface RunCounters {
  readonly read: number;
  readonly unchanged: number;
  readonly created: number;
  readonly linked: number;
  readonly updated: number;
  readonly returned: number;
  readonly disabled: number;
  /** Records that could not be used; see the run's errors. */
  readonly errors: number;
  /** Registration e-mails. */
  readonly emails: number;
  /** Records handled in the apply phase. */
  readonly applied: number;
  /** Planned records that had changed again or no longer called for the planned action. */
  readonly skipped: number;
}

export const NO_COUNTS: RunCounters = {
  read: 0,
  unchanged: 0,
  created: 0,
  linked: 0,
  updated: 0,
  returned: 0,
  disabled: 0,
  errors: 0,
  emails: 0,
  applied: 0,
  skipped: 0,
};

/** Field by field; what `more` lacks counts as nothing. */
export function addCounts(counts: RunCounters, more: Partial<RunCounters>): RunCounters {
  const sum: Record<string, number> = { ...counts };
  for (const [name, value] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + value;
  return sum as unknown as RunCounters;
}

/** No further step follows by itself. A held run waits for an operator and is not finished. */
export function isFinished(state: RunState): boolean {
  return state === 'done' || state === 'failed' || state === 'rejected';
}
