import rateLimit from '@fastify/rate-limit';
import { addressKey } from '../../domain/passwords/address-key.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Api } from './types.ts';

/** What one address may ask for in a minute; a console that is open in a whole office stays below it. */
const A_MINUTE = 1_200;

/** Limits every route by address, in this process; a route may set a lower limit of its own in `config.rateLimit`. */
export async function limitRates(api: Api): Promise<void> {
  await api.register(rateLimit, {
    max: A_MINUTE,
    timeWindow: '1 minute',
    keyGenerator: (request) => addressKey(request.ip),
    errorResponseBuilder: (_request, { ttl }) =>
      new AppError({
        kind: 'throttled',
        code: 'RATE_LIMITED',
        message: 'Too many requests came from this address.',
        remedy: `Wait ${Math.ceil(ttl / 1_000)} seconds.`,
      }),
  });
}

/** For what is dear: connecting to somebody's database, reading a file of thousands. */
export const DEAR = { rateLimit: { max: 60, timeWindow: '1 minute' } } as const;
