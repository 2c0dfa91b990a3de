import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  listedProfileSchema,
  personSessionSchema,
  profileSchema,
  resendSchema,
} from '../../http/schemas/profiles.ts';
import type { resyncSchema } from '../../http/schemas/runs.ts';
import { pagesOf } from '../api/pages.ts';
import { get } from '../api/request.ts';
import type { Wire } from '../api/wire.ts';
import { onceKey } from '../runs/queries.ts';

export type ListedPerson = Wire<z.output<typeof listedProfileSchema>>;
export type Person = Wire<z.output<typeof profileSchema>>;
export type Resync = Wire<z.output<typeof resyncSchema>>;
export type PersonSession = Wire<z.output<typeof personSessionSchema>>;

/** Held in the address of the screen. */
export interface PeopleFilter {
  readonly text?: string | undefined;
  readonly provider?: string | undefined;
  readonly state?: 'active' | 'disabled' | undefined;
  readonly forceReset?: boolean | undefined;
  readonly preRegistration?: boolean | undefined;
  readonly undeliverable?: boolean | undefined;
}

export const peopleQuery = (filter: PeopleFilter) => pagesOf<ListedPerson>('/profiles', { ...filter });

const path = (who: string): string => `/profiles/${encodeURIComponent(who)}`;

export const personQuery = (who: string) =>
  queryOptions({
    queryKey: ['profiles', who],
    queryFn: async ({ signal }) => await get<Person>(path(who), { signal }),
  });

export const personSessionsQuery = (who: string) =>
  queryOptions({
    queryKey: ['profiles', who, 'sessions'],
    queryFn: async ({ signal }) =>
      await get<{ readonly items: readonly PersonSession[] }>(`${path(who)}/sessions`, { signal }),
  });

export async function setFlag(
  who: string,
  flag: 'forceReset' | 'preRegistration' | 'enabled',
  on: boolean,
): Promise<void> {
  await get(path(who), { method: 'PATCH', body: { changes: { [flag]: on } } });
}

export async function resyncPerson(who: string): Promise<Resync> {
  return await get(`${path(who)}/resync`, { method: 'POST' });
}

export async function resendLink(who: string): Promise<z.output<typeof resendSchema>> {
  return await get(`${path(who)}/resend`, { method: 'POST', headers: onceKey() });
}

export async function unlockPerson(who: string): Promise<{ readonly failures: number }> {
  return await get(`${path(who)}/unlock`, { method: 'POST' });
}

export async function endPersonSessions(who: string): Promise<{ readonly ended: number }> {
  return await get(`${path(who)}/sessions`, { method: 'DELETE' });
}
