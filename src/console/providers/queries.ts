import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { passwordFormatSchema, templateSchema } from '../../http/schemas/choices.ts';
import type {
  appliedSchema,
  describedQuerySchema,
  discoverySchema,
  previewedSchema,
  providerSchema,
  pushKeySchema,
  removedSchema,
  shownProviderSchema,
  testSchema,
  traceReportSchema,
} from '../../http/schemas/providers.ts';
import { askLines } from '../api/lines.ts';
import { ask, get, type Answer } from '../api/request.ts';
import type { Wire } from '../api/wire.ts';
import type { Document } from './draft/document.ts';

export type Provider = Wire<z.output<typeof providerSchema>>;
export type ShownProvider = Wire<z.output<typeof shownProviderSchema>>;
export type ProviderTest = Wire<z.output<typeof testSchema>>;
export type Finding = ProviderTest['findings'][number];
export type TraceReport = Wire<z.output<typeof traceReportSchema>>;
export type Trace = TraceReport['traces'][number];
export type Discovery = Wire<z.output<typeof discoverySchema>>;
export type DiscoveredTable = Discovery['tables'][number];
export type DescribedQuery = Wire<z.output<typeof describedQuerySchema>>;
export type Proposal = NonNullable<Discovery['proposal']>;
export type PreviewedRecord = Wire<z.output<typeof previewedSchema>>;
export type Template = Wire<z.output<typeof templateSchema>>;
export type PasswordFormat = Wire<z.output<typeof passwordFormatSchema>>;
export type Applied = Wire<z.output<typeof appliedSchema>>;
export type Planned = Omit<Applied, 'version'>;
export type PushKey = z.output<typeof pushKeySchema>;
export type Removed = Wire<z.output<typeof removedSchema>>;

interface Items<Item> {
  readonly items: readonly Item[];
}

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: async ({ signal }) => await get<Items<Provider>>('/providers', { signal }),
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

const AWAITED_MS = 3_000;
const LISTENED_MS = 15_000;

/** How many records a provider that pushes has posted; asked often until there is one. */
export const postedQuery = (name: string) =>
  queryOptions({
    queryKey: ['providers', name, 'posted'],
    queryFn: async ({ signal }) => await countPosted(name, signal),
    refetchInterval: ({ state }) => (state.data === 0 ? AWAITED_MS : LISTENED_MS),
  });

async function countPosted(name: string, signal: AbortSignal): Promise<number> {
  const { tables } = await get<Discovery>(`/providers/${name}/discover`, { method: 'POST', signal });
  return tables.reduce((sum, { estimatedRows }) => sum + (estimatedRows ?? 0), 0);
}

/** Neither changes while the server runs. */
export const templatesQuery = queryOptions({
  queryKey: ['templates'],
  staleTime: Infinity,
  queryFn: async ({ signal }) => (await get<Items<Template>>('/templates', { signal })).items,
});

export const passwordFormatsQuery = queryOptions({
  queryKey: ['password-formats'],
  staleTime: Infinity,
  queryFn: async ({ signal }) => (await get<Items<PasswordFormat>>('/password-formats', { signal })).items,
});

/** The next times of a schedule; it is asked again each minute. */
export const nextTimesQuery = (cron: string, timeZone: string | undefined) =>
  queryOptions({
    queryKey: ['schedules', cron, timeZone],
    refetchInterval: 60_000,
    queryFn: async ({ signal }) =>
      (await get<Items<string>>('/schedules/next', { query: { cron, timeZone }, signal })).items,
  });

type TestLine = { readonly finding: Finding } | { readonly result: ProviderTest };

export interface AskedTest {
  /** A draft, or the name of a provider. */
  readonly of: Document | string;
  readonly scope?: 'whole' | 'whereabouts';
  readonly hear: (finding: Finding) => void;
}

/** Runs the checks; each finding is heard of as it is made. */
export async function runChecks({ of, scope = 'whole', hear }: AskedTest): Promise<ProviderTest> {
  const [path, body] = typeof of === 'string' ? [`/providers/${of}/test`, undefined] : ['/drafts/test', of];
  const results: ProviderTest[] = [];
  const query = typeof of === 'string' ? {} : { scope };
  await askLines(path, { method: 'POST', query, body }, (line) => {
    const heard = line as TestLine;
    if ('result' in heard) results.push(heard.result);
    else hear(heard.finding);
  });
  const [result] = results;
  if (result === undefined) throw new Error('The checks broke off before they were done. Run them again.');
  return result;
}

export async function discover(draft: Document, signal: AbortSignal): Promise<Discovery> {
  return await get('/drafts/discover', { method: 'POST', body: draft, signal });
}

export async function describeQuery(draft: Document, signal: AbortSignal): Promise<DescribedQuery> {
  return await get('/drafts/describe-query', { method: 'POST', body: draft, signal });
}

const PREVIEWED = 10;

export async function preview(draft: Document, signal: AbortSignal): Promise<readonly PreviewedRecord[]> {
  const query = { limit: PREVIEWED };
  return (
    await get<Items<PreviewedRecord>>('/drafts/preview', { method: 'POST', body: draft, query, signal })
  ).items;
}

/** Resolves when there is nothing wrong. @throws ApiProblem with every problem. */
export async function checkDraft(draft: Document): Promise<void> {
  await get('/drafts/check', { method: 'POST', body: draft });
}

export async function grantsFor(draft: Document): Promise<string> {
  return (await get<{ readonly sql: string }>('/drafts/grants', { method: 'POST', body: draft })).sql;
}

/** What saving would change. @param version what the change is based on. */
export async function planDraft(draft: Document, version: number): Promise<Planned> {
  const headers = { 'if-match': `"${String(version)}"` };
  return await get('/drafts/plan', { method: 'POST', body: draft, headers });
}

/** Registers a provider when `version` is null, paused; otherwise changes what was at that version. */
export async function applyDraft(draft: Document, version: number | null): Promise<Answer<Applied>> {
  const headers: Record<string, string> =
    version === null ? { 'if-none-match': '*' } : { 'if-match': `"${String(version)}"` };
  const query = version === null ? { paused: true } : {};
  return await ask(`/providers/${String(draft['name'])}`, { method: 'PUT', body: draft, headers, query });
}

export async function makePushKey(name: string): Promise<PushKey> {
  return await get(`/providers/${name}/key`, { method: 'POST' });
}

export async function setPaused(name: string, paused: boolean): Promise<void> {
  await get(`/providers/${name}/${paused ? 'pause' : 'resume'}`, { method: 'POST' });
}

export async function removeProvider(name: string, people: 'keep' | 'disable'): Promise<Removed> {
  return await get(`/providers/${name}`, { method: 'DELETE', query: { people, confirm: name } });
}

/** In one word, how a provider is. */
export function healthOf({ pausedAt, lastErrorCode }: Pick<Provider, 'pausedAt' | 'lastErrorCode'>): string {
  if (pausedAt !== null) return 'paused';
  return lastErrorCode === null ? 'healthy' : 'failing';
}
