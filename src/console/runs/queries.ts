import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { runErrorSchema, runRecordSchema, runSchema } from '../../http/schemas/runs.ts';
import { pagesOf } from '../api/pages.ts';
import { get } from '../api/request.ts';
import type { Wire } from '../api/wire.ts';

export type Run = Wire<z.output<typeof runSchema>>;
export type RunRecord = Wire<z.output<typeof runRecordSchema>>;
export type RunError = Wire<z.output<typeof runErrorSchema>>;

export interface RunFilter {
  readonly provider?: string | undefined;
  readonly state?: Run['state'] | undefined;
}

export const runsQuery = (filter: RunFilter) => pagesOf<Run>('/runs', { ...filter });
export const recordsQuery = (id: string) => pagesOf<RunRecord>(`/runs/${id}/records`);
export const errorsQuery = (id: string) => pagesOf<RunError>(`/runs/${id}/errors`);

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', id],
    queryFn: async ({ signal }) => await get<Run>(`/runs/${id}`, { signal }),
  });

export interface NewRun {
  readonly provider: string;
  readonly kind: 'full' | 'delta';
  readonly dryRun: boolean;
}

/** Sending the same again, because an answer was lost, begins no second run. */
export async function requestRun(asked: NewRun): Promise<{ readonly runId: string }> {
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
