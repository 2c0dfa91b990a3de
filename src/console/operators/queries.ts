import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  invitedOperatorSchema,
  operatorSchema,
  operatorSessionSchema,
} from '../../http/schemas/operators.ts';
import { get } from '../api/request.ts';
import type { Wire } from '../api/wire.ts';

export type Operator = Wire<z.output<typeof operatorSchema>>;
export type OperatorSession = Wire<z.output<typeof operatorSessionSchema>>;
export type Invited = Wire<z.output<typeof invitedOperatorSchema>>;
export type Role = Operator['role'];

export const operatorsQuery = queryOptions({
  queryKey: ['operators'],
  queryFn: async ({ signal }) => await get<{ readonly items: readonly Operator[] }>('/operators', { signal }),
});

export const operatorSessionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['operators', id, 'sessions'],
    queryFn: async ({ signal }) =>
      await get<{ readonly items: readonly OperatorSession[] }>(`/operators/${id}/sessions`, { signal }),
  });

/** @param sessionId null for all of them. */
export async function endOperatorSessions(id: string, sessionId: string | null): Promise<void> {
  const one = sessionId === null ? '' : `/${sessionId}`;
  await get(`/operators/${id}/sessions${one}`, { method: 'DELETE' });
}

/** @returns a link that is shown this once. */
export async function inviteOperator(typed: {
  readonly name: string;
  readonly role: Role;
}): Promise<Invited> {
  return await get('/operators', { method: 'POST', body: typed });
}

export async function changeOperator(
  id: string,
  change: { readonly role?: Role; readonly disabled?: boolean },
): Promise<Operator> {
  return await get(`/operators/${id}`, { method: 'PATCH', body: change });
}

/** A new one-time link, for somebody who lost their password. */
export async function linkForOperator(id: string, dropSecondFactor: boolean): Promise<Invited> {
  return await get(`/operators/${id}/link`, { method: 'POST', body: { dropSecondFactor } });
}
