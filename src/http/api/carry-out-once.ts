import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { AppContext } from '../../app/context.ts';
import { claimOnce, keepAnswer, releaseKey, type KeyClaim } from '../../app/operators/once.ts';
import { invalid } from '../../kernel/errors.ts';
import { callerOf, type Api } from './types.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes an `Idempotency-Key`. */
    readonly once?: boolean;
  }
  interface FastifyRequest {
    /** The key that this request holds; null without one. */
    claim: KeyClaim | null;
  }
}

/** For `config` of routes whose effect must not happen twice. */
export const ONCE = { once: true } as const;

const KEY = /^[\x21-\x7E]{1,200}$/;
const KEPT_HEADERS = ['location', 'content-type'];

/** Answers a repeated request, by its `Idempotency-Key`, with the answer of the first time. */
export function carryOutOnce(api: Api, context: AppContext): void {
  api.decorateRequest('claim', null);

  api.addHook('preHandler', async (request, reply) => {
    if (request.routeOptions.config.once !== true) return;
    const key = request.headers['idempotency-key'];
    if (key === undefined) return;
    const claim = { caller: identityOf(request), key: readKey(key), requestHash: hashOf(request) };
    const answer = await claimOnce(context, claim);
    if (answer === null) {
      request.claim = claim;
      return;
    }
    await reply
      .code(answer.status)
      .headers({ ...answer.headers, 'idempotent-replayed': 'true' })
      .serializer((body: string) => body)
      .send(answer.body);
  });

  api.addHook('onSend', async (request, reply, payload) => {
    const { claim } = request;
    if (claim === null) return;
    request.claim = null;
    // What failed on our side, or was refused, may succeed when it is sent again; a stream is not kept.
    if (
      reply.statusCode >= 400 ||
      (payload !== null && payload !== undefined && typeof payload !== 'string')
    ) {
      await releaseKey(context, claim);
      return;
    }
    const headers = Object.fromEntries(
      KEPT_HEADERS.flatMap((name) => {
        const value = reply.getHeader(name);
        return value === undefined ? [] : [[name, String(value)]];
      }),
    );
    await keepAnswer(context, claim, {
      status: reply.statusCode,
      headers,
      body: typeof payload === 'string' ? payload : '',
    });
  });
}

function identityOf(request: FastifyRequest): string {
  const caller = callerOf(request);
  return caller.kind === 'session' ? `operator:${caller.operatorId}` : `token:${caller.tokenId}`;
}

function readKey(key: string | readonly string[]): string {
  if (typeof key === 'string' && KEY.test(key)) return key;
  const message = 'is not a key';
  const remedy = 'Send 1 to 200 visible ASCII characters, for example a UUID.';
  throw invalid('REQUEST_INVALID', 'The Idempotency-Key cannot be used.', [
    { path: 'Idempotency-Key', code: 'VALUE_INVALID', message, remedy },
  ]);
}

function hashOf(request: FastifyRequest): Buffer {
  const text = JSON.stringify([request.method, request.url, request.body ?? null]);
  return createHash('sha256').update(text).digest();
}
