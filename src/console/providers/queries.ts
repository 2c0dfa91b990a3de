import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  providerSchema,
  shownProviderSchema,
  testSchema,
  traceReportSchema,
} from '../../http/schemas/providers.ts';
import { get } from '../api/request.ts';
import type { Wire } from '../api/wire.ts';

export type Provider = Wire<z.output<typeof providerSchema>>;
export type ShownProvider = Wire<z.output<typeof shownProviderSchema>>;
export type ProviderTest = Wire<z.output<typeof testSchema>>;
export type TraceReport = Wire<z.output<typeof traceReportSchema>>;
export type Trace = TraceReport['traces'][number];

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: async ({ signal }) => await get<{ readonly items: readonly Provider[] }>('/providers', { signal }),
});

export const providerQuery = (name: string) =>
  queryOptions({
    queryKey: ['providers', name],
    queryFn: async ({ signal }) => await get<ShownProvider>(`/providers/${name}`, { signal }),
  });

export const tracesQuery = (name: string) =>
  queryOptions({
    queryKey: ['providers', name, 'traces'],
    queryFn: async ({ signal }) => await get<TraceReport>(`/providers/${name}/traces`, { signal }),
  });

export async function testProvider(name: string): Promise<ProviderTest> {
  return await get(`/providers/${name}/test`, { method: 'POST' });
}

export async function setPaused(name: string, paused: boolean): Promise<void> {
  await get(`/providers/${name}/${paused ? 'pause' : 'resume'}`, { method: 'POST' });
}

/** In one word, how a provider is. */
export function healthOf({ pausedAt, lastErrorCode }: Pick<Provider, 'pausedAt' | 'lastErrorCode'>): string {
  if (pausedAt !== null) return 'paused';
  return lastErrorCode === null ? 'healthy' : 'failing';
}
