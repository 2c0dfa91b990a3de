import type { FastifyRequest } from 'fastify';
import { maskAddresses } from '../../domain/profiles/mask-addresses.ts';
import { callerOf } from './types.ts';

/** People's data as the caller may see it: addresses are masked for everybody but admins. */
export function shownTo<T>(request: Pick<FastifyRequest, 'caller'>, value: T): T {
  return callerOf(request).role === 'admin' ? value : maskAddresses(value);
}
