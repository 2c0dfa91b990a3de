import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  runErrorSchema,
  runOutcomesSchema,
  runRecordSchema,
  runSchema,
} from '../../http/schemas/runs.ts';
import { pagesOf } from '../api/pages.ts';
import { get } from '../api/request.ts';
import type { Wire } from '../api/wire.ts';
import { stretchQueryOf, type StretchSearch } from '../shell/read-stretch.ts';

export type Run = Wire<z.output<typeof runSchema>>;
export type RunRecord = Wire<z.output<typeof runRecordSchema>>;
export type RunError = Wire<z.output<typeof runErrorSchema>>;
export type RunOutcomes = Wire<z.output<typeof runOutcomesSchema>>;

export const STATES = [
  'queued',
  'planning',
  'held',
  'applying',
  'done',
  'failed',
  'rejected',
] as const satisfies readonly Run['state'][];
export const KINDS = ['full', 'delta', 'stream', 'record'] as const satisfies readonly Run['kind'][];
export const ACTIONS = [
  'create',
  'link',
  'update',
  'return',
  'disable',
] as const satisfies readonly RunRecord['action'][];
export const RECORD_STATES = [
  'planned',
  'applied',
  'skipped',
  'error',
] as const satisfies readonly RunRecord['state'][];

export interface RunFilter extends StretchSearch {
  readonly provider?: string | undefined;
  readonly state?: Run['state'] | undefined;
  readonly kind?: Run['kind'] | undefined;
}

export interface RecordFilter {
  readonly action?: RunRecord['action'] | undefined;
  readonly state?: RunRecord['state'] | undefined;
  readonly recordKey?: string | undefined;
}

/** What of a run is looked at; in the address of its screen. */
export interface RunView extends RecordFilter {
  readonly tab?: 'records' | 'errors' | undefined;
  /** Faults that have been mended too. */
  readonly mended?: true | undefined;
}

export const runsQuery = (filter: RunFilter) => pagesOf<Run>('/runs', stretchQueryOf(filter));

export const recordsQuery = (id: string, filter: RecordFilter) =>
  pagesOf<RunRecord>(`/runs/${id}/records`, { ...filter });

export const errorsQuery = (id: string, open: boolean | undefined) =>
  pagesOf<RunError>(`/runs/${id}/errors`, { open });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', id],
    queryFn: async ({ signal }) => await get<Run>(`/runs/${id}`, { signal }),
  });

export const outcomesQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', id, 'outcomes'],
    queryFn: async ({ signal }) => await get<RunOutcomes>(`/runs/${id}/outcomes`, { signal }),
  });

export interface NewRun {
  readonly provider: string;
  readonly kind: 'full' | 'delta';
  readonly dryRun: boolean;
}

/** One record again, whatever the schedule. */
export interface NewRecordRun {
  readonly provider: string;
  readonly kind: 'record';
  readonly recordKey: string;
}

/** Sending the same again, because an answer was lost, begins no second run. */
export async function requestRun(asked: NewRun | NewRecordRun): Promise<{ readonly runId: string }> {
  return await get('/runs', { method: 'POST', body: asked, headers: onceKey() });
}

export async function decideRun(run: Pick<Run, 'id' | 'planHash'>, word: 'approve' | 'reject'): Promise<Run> {
  const body = run.planHash === null ? {} : { plan: run.planHash };
  return await get(`/runs/${run.id}/${word}`, { method: 'POST', body });
}

export async function replayRun(id: string): Promise<{ readonly runId: string }> {
  return await get(`/runs/${id}/replay`, { method: 'POST', headers: onceKey() });
}

export function onceKey(): Readonly<Record<string, string>> {
  return { 'idempotency-key': crypto.randomUUID() };
}

/** No further step follows by itself. */
export function isOver(state: Run['state']): boolean {
  return state === 'done' || state === 'failed' || state === 'rejected';
}
