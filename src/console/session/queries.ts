import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { linkPurposeSchema, meSchema } from '../../http/schemas/operators.ts';
import { ApiProblem } from '../api/problem.ts';
import { get } from '../api/request.ts';
import type { Wire } from '../api/wire.ts';

export type Me = Wire<z.output<typeof meSchema>>;
export type LinkPurpose = z.output<typeof linkPurposeSchema>;

/** Who is signed in; null when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  staleTime: 60_000,
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await get<Me>('/me', { signal });
    } catch (error) {
      if (error instanceof ApiProblem && error.details.status === 401) return null;
      throw error;
    }
  },
});

export interface SignIn {
  readonly name: string;
  readonly password: string;
  readonly code?: string;
}

export async function signIn(typed: SignIn): Promise<void> {
  await get('/session', { method: 'POST', body: typed });
}

export async function signOut(): Promise<void> {
  await get('/session', { method: 'DELETE' });
}

export async function checkLink(token: string): Promise<LinkPurpose> {
  return await get('/set-up/check', { method: 'POST', body: { token } });
}

export interface SetUp {
  readonly token: string;
  readonly name?: string;
  readonly password: string;
}

/** @returns the name to sign in with. */
export async function setUp(typed: SetUp): Promise<{ readonly name: string }> {
  return await get('/set-up', { method: 'POST', body: typed });
}
