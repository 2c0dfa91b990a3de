import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { AppContext } from '../../app/context.ts';
import type { Caller } from '../../app/operators/caller.ts';
import type { MailDesk } from '../../app/mail/mail-desk.ts';
import type { Visitor } from '../../app/passwords/begin-session.ts';
import type { Installation } from '../installation/installation.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null on routes for everybody. Set before a handler runs. */
    caller: Caller | null;
  }
}

/** The server as routes of the API are added to it: bodies, queries and answers have the types of their schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What a process serves besides what is in the store; src/bin composes it. */
export interface ApiParts {
  readonly mail: MailDesk;
  readonly installation: Installation;
}

/** What every route of the API is served with. */
export interface ApiFace {
  readonly context: AppContext;
  /** @throws AppError `NOT_SERVED_HERE` in a process without. */
  readonly mail: () => MailDesk;
  /** @throws AppError `NOT_SERVED_HERE` in a process without. */
  readonly installation: () => Installation;
}

/** Who asks. For routes that ask for credentials: the guard has let nobody else in. */
export function callerOf(request: Pick<FastifyRequest, 'caller'>): Caller {
  if (request.caller === null) throw new Error('a route for everybody asks who is calling');
  return request.caller;
}

/** The operator who is signed in. For routes that no token may call. */
export function sessionOf(request: Pick<FastifyRequest, 'caller'>): Extract<Caller, { kind: 'session' }> {
  const caller = callerOf(request);
  if (caller.kind !== 'session')
    throw new Error('a route for operators in the console was called with a token');
  return caller;
}

/** Where a request comes from. */
export function visitorOf(request: FastifyRequest): Visitor {
  return { address: request.ip, userAgent: request.headers['user-agent'] ?? null };
}

/** A provider's name in a path. */
export const nameParams = z.object({ name: z.string().min(1).max(300) });

/** A person in a path: an id, a username or an address. */
export const whoParams = z.object({ who: z.string().min(1).max(300) });

/** The path parameter of most routes. */
export const idParams = z.object({ id: z.string().min(1).max(300) });
