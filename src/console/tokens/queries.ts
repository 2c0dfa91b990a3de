import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  createdTokenSchema,
  revokedTokenSchema,
  scopeSchema,
  tokenSchema,
} from '../../http/schemas/operators.ts';
import { get } from '../api/request.ts';
import type { Wire } from '../api/wire.ts';

export type Token = Wire<z.output<typeof tokenSchema>>;
export type CreatedToken = Wire<z.output<typeof createdTokenSchema>>;
export type RevokedToken = Wire<z.output<typeof revokedTokenSchema>>;
export type Scope = z.output<typeof scopeSchema>;

/** In the order in which they are offered. */
export const SCOPES = [
  'providers:read',
  'providers:write',
  'runs:read',
  'runs:write',
  'profiles:read',
  'profiles:write',
  'mail:read',
  'mail:write',
  'write-backs:read',
  'write-backs:write',
  'audit:read',
  'operators:read',
  'tokens:read',
  'metrics',
  'sign-in',
] as const satisfies readonly Scope[];

/** Offered to admins, apart from the others: whoever has a token with one of these can let others in. */
export const LETTING_IN = ['operators:write', 'tokens:write'] as const satisfies readonly Scope[];

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: async ({ signal }) => await get<{ readonly items: readonly Token[] }>('/tokens', { signal }),
});

export interface NewToken {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly days: number;
}

/** @returns the token, which is shown this once. */
export async function createToken(typed: NewToken): Promise<CreatedToken> {
  return await get('/tokens', { method: 'POST', body: typed });
}

/** @returns what ended with it. */
export async function endToken(id: string): Promise<RevokedToken> {
  return await get(`/tokens/${id}`, { method: 'DELETE' });
}
