import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  operatorSessionSchema,
  recoveryCodesSchema,
  secondFactorSchema,
} from '../../http/schemas/operators.ts';
import { get } from '../api/request.ts';
import type { Wire } from '../api/wire.ts';

export type OwnSession = Wire<z.output<typeof operatorSessionSchema>>;
export type NewSecondFactor = z.output<typeof secondFactorSchema>;
export type RecoveryCodes = z.output<typeof recoveryCodesSchema>;

export const sessionsQuery = queryOptions({
  queryKey: ['me', 'sessions'],
  queryFn: async ({ signal }) =>
    await get<{ readonly items: readonly OwnSession[] }>('/me/sessions', { signal }),
});

export async function endSession(id: string): Promise<void> {
  await get(`/me/sessions/${id}`, { method: 'DELETE' });
}

export async function changePassword(typed: {
  readonly current: string;
  readonly password: string;
}): Promise<void> {
  await get('/me/password', { method: 'PUT', body: typed });
}

export async function beginSecondFactor(password: string): Promise<NewSecondFactor> {
  return await get('/me/second-factor', { method: 'POST', body: { password } });
}

export async function confirmSecondFactor(code: string): Promise<RecoveryCodes> {
  return await get('/me/second-factor/confirm', { method: 'POST', body: { code } });
}

/** Who changes a second factor shows both factors. */
export interface SecondFactorProof {
  readonly password: string;
  readonly code: string;
}

export async function renewRecoveryCodes(proof: SecondFactorProof): Promise<RecoveryCodes> {
  return await get('/me/second-factor/recovery-codes', { method: 'POST', body: proof });
}

export async function removeSecondFactor(proof: SecondFactorProof): Promise<void> {
  await get('/me/second-factor/remove', { method: 'POST', body: proof });
}

/** @param email null for nowhere. */
export async function setOwnEmail(email: string | null): Promise<void> {
  await get('/me/email', { method: 'PUT', body: { email } });
}
