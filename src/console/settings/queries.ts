import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { diagnosesSchema, installationSchema } from '../../http/schemas/installation.ts';
import { get } from '../api/request.ts';
import type { Wire } from '../api/wire.ts';

export type Installation = Wire<z.output<typeof installationSchema>>;
export type Diagnoses = Wire<z.output<typeof diagnosesSchema>>;

export const installationQuery = queryOptions({
  queryKey: ['installation'],
  queryFn: async ({ signal }) => await get<Installation>('/installation', { signal }),
});

/** Connects to the mail server and the queues: asked for when it is looked at, and again on request. */
export const checksQuery = queryOptions({
  queryKey: ['installation', 'checks'],
  queryFn: async ({ signal }) => await get<Diagnoses>('/installation/checks', { method: 'POST', signal }),
  staleTime: 60_000,
  refetchOnWindowFocus: false,
});
