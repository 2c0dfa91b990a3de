import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { waitingWorkSchema, workSchema } from '../../http/schemas/work.ts';
import { pagesOf } from '../api/pages.ts';
import { get } from '../api/request.ts';
import type { Wire } from '../api/wire.ts';
import { onceKey } from '../runs/queries.ts';

export type Work = Wire<z.output<typeof workSchema>>;
export type WaitingWork = Wire<z.output<typeof waitingWorkSchema>>;

/** Held in the address of the screen. */
export interface WorkFilter {
  /** Absent: what was given up. */
  readonly state?: 'pending' | undefined;
  readonly kind?: Work['kind'] | undefined;
}

const REFRESH_MS = 10_000;

export const workQuery = ({ state, kind }: WorkFilter) =>
  pagesOf<Work>('/work', { state: state ?? 'failed', kind });

export const waitingQuery = queryOptions({
  queryKey: ['work', 'waiting'],
  queryFn: async ({ signal }) => await get<WaitingWork>('/work/waiting', { signal }),
  refetchInterval: REFRESH_MS,
});

export async function retryWork(
  which: { readonly id: string } | { readonly all: true },
): Promise<{ readonly retried: number }> {
  return await get('/work/retry', { method: 'POST', body: which, headers: onceKey() });
}
