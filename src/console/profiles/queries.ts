import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  createdProfileSchema,
  listedProfileSchema,
  personSessionSchema,
  profileSchema,
  resendSchema,
  setProfileSchema,
  timelineLineSchema,
  timelineTopicSchema,
} from '../../http/schemas/profiles.ts';
import type { resyncSchema } from '../../http/schemas/runs.ts';
import { pagesOf } from '../api/pages.ts';
import { get } from '../api/request.ts';
import type { Wire } from '../api/wire.ts';
import { onceKey } from '../runs/queries.ts';
import type { PeopleFilter } from './people-filter.ts';

export type ListedPerson = Wire<z.output<typeof listedProfileSchema>>;
export type Person = Wire<z.output<typeof profileSchema>>;
export type Resync = Wire<z.output<typeof resyncSchema>>;
export type PersonSession = Wire<z.output<typeof personSessionSchema>>;
export type TimelineLine = Wire<z.output<typeof timelineLineSchema>>;
export type TimelineTopic = z.output<typeof timelineTopicSchema>;
export type Created = z.output<typeof createdProfileSchema>;
type SetPerson = Wire<z.output<typeof setProfileSchema>>;

export const peopleQuery = (filter: PeopleFilter) => pagesOf<ListedPerson>('/profiles', { ...filter });

const path = (who: string): string => `/profiles/${encodeURIComponent(who)}`;

/** While an e-mail is on its way, one wants to see it arrive. */
const LOOK_AGAIN_MS = 2_000;

/** Whether something happens to this person without anybody doing anything here. */
export function isMoving({ emails }: Pick<Person, 'emails'>, now: Date): boolean {
  const soon = now.getTime() + 60_000;
  return emails.some(
    ({ state, nextAttemptAt }) =>
      state === 'queued' && (nextAttemptAt === null || new Date(nextAttemptAt).getTime() < soon),
  );
}

/** Asked again by itself only while something moves. */
export const personQuery = (who: string) =>
  queryOptions({
    queryKey: ['profiles', who],
    queryFn: async ({ signal }) => await get<Person>(path(who), { signal }),
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    refetchInterval: ({ state }) =>
      state.data !== undefined && isMoving(state.data, new Date()) ? LOOK_AGAIN_MS : false,
  });

export const timelineQuery = (who: string, topic: TimelineTopic | null) =>
  pagesOf<TimelineLine>(`${path(who)}/timeline`, { limit: 20, ...(topic !== null && { topic }) });

export const personSessionsQuery = (who: string) =>
  queryOptions({
    queryKey: ['profiles', who, 'sessions'],
    queryFn: async ({ signal }) =>
      await get<{ readonly items: readonly PersonSession[] }>(`${path(who)}/sessions`, { signal }),
  });

export type Changes = Readonly<Record<string, string | boolean>>;

/** Changes flags, or fields that no provider owns. @returns what was and is. */
export async function changePerson(who: string, changes: Changes): Promise<SetPerson> {
  return await get(path(who), { method: 'PATCH', body: { changes } });
}

export interface NewPerson {
  readonly fields: Readonly<Record<string, string>>;
  readonly preRegistration: boolean;
  readonly forceReset: boolean | null;
}

/** @param key the same for a repetition, so that an answer that was lost makes no second person. */
export async function createPerson(person: NewPerson, key: string): Promise<Created> {
  return await get('/profiles', { method: 'POST', body: person, headers: { 'idempotency-key': key } });
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
