import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { Secret } from '../../../connectors/contract/secret.ts';
import type { AppContext } from '../../app/context.ts';
import { authenticateSession, authenticateToken } from '../../app/operators/authenticate.ts';
import { actorOf, type Caller } from '../../app/operators/caller.ts';
import { noteRefusal } from '../../app/operators/note-refusal.ts';
import { isAtLeast, LETTING_IN, type Scope } from '../../domain/operators/scopes.ts';
import { needsSecondFactor } from '../../domain/operators/second-factor-rule.ts';
import { AppError } from '../../kernel/errors.ts';
import { operatorCookie, type OperatorCookie } from './operator-cookie.ts';
import type { Api } from './types.ts';
import { WHO_MAY, type Row } from './who-may.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Puts every route that is added from here on behind its row of {@link WHO_MAY}. A route without a row is a bug: it throws. */
export function guardRoutes(api: Api, context: AppContext): void {
  const cookie = operatorCookie(context.settings.publicUrl);
  api.decorateRequest('caller', null);
  api.addHook('onRoute', (route) => {
    const rows = rowsOf(route);
    const guard = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const row = rows.get(request.method);
      if (row === undefined) throw new Error(`${request.method} ${route.url} has no row`);
      reply.header('cache-control', 'no-store');
      await admit({ context, cookie, request }, row);
    };
    route.onRequest = [guard, ...[route.onRequest ?? []].flat()];
  });
}

function rowsOf({ method, url }: RouteOptions): ReadonlyMap<string, Row> {
  const methods = [method].flat();
  return new Map(
    methods.map((each) => {
      const row = WHO_MAY[`${each === 'HEAD' ? 'GET' : each} ${url}`];
      if (row === undefined) throw new Error(`${each} ${url} has no row in who-may.ts`);
      return [each, row];
    }),
  );
}

export interface Asking {
  readonly context: AppContext;
  readonly cookie: OperatorCookie;
  readonly request: FastifyRequest;
}

/** Lets a request in as its row says, and sets who asks. @throws AppError of kind `unauthenticated` or `forbidden`. */
export async function admit(asking: Asking, row: Row): Promise<void> {
  const { context, request } = asking;
  if (row === 'anyone') {
    if (!SAFE.has(request.method)) refuseForeign(context, request, 'lenient');
    return;
  }
  const caller = await identify(asking);
  const reason = refusal(caller, row) ?? withoutFactor(context, caller, row);
  if (reason !== null) {
    const what = `${request.method} ${request.routeOptions.url ?? ''}`;
    await noteRefusal(context, { actor: actorOf(caller), what, code: reason.code });
    throw reason;
  }
  request.caller = caller;
}

/** A token in the header wins: whoever sends one does not mean the cookie. */
async function identify({ context, cookie, request }: Asking): Promise<Caller> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const [, token] = /^Bearer ([\w~+/.=-]{1,200})$/i.exec(authorization) ?? [];
    if (token === undefined)
      throw unauthenticated('TOKEN_REFUSED', 'The Authorization header holds no token.');
    return await authenticateToken(context, new Secret(token));
  }
  const value = cookie.read(request);
  if (value === null) throw unauthenticated('NOT_SIGNED_IN', 'Nobody is signed in, and no token was given.');
  if (!SAFE.has(request.method)) refuseForeign(context, request, 'strict');
  const session = await authenticateSession(context, value);
  if (session === null) throw unauthenticated('SESSION_ENDED', 'The session has ended.');
  return session;
}

/**
 * Browsers say which site makes them send a request, and no script can change
 * what they say. With a cookie somebody has to say so; without one, only a
 * browser's word against the request counts.
 */
function refuseForeign(context: AppContext, request: FastifyRequest, how: 'strict' | 'lenient'): void {
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  const ours = new URL(context.settings.publicUrl).origin;
  if (site === 'same-origin' && (origin === undefined || origin === ours)) return;
  if (site === undefined && origin === ours) return;
  if (how === 'lenient' && site === undefined && origin === undefined) return;
  throw new AppError({
    kind: 'forbidden',
    code: 'FOREIGN_REQUEST',
    message: 'This request was not sent by a page of this installation.',
    remedy: 'Programs send a token in the Authorization header instead of a cookie.',
  });
}

function refusal(caller: Caller, row: Exclude<Row, 'anyone'>): AppError | null {
  if ('application' in row) {
    if (caller.kind === 'token' && caller.scopes.includes(row.application)) return null;
    return scopeMissing(`This takes a token with the scope ${row.application}.`, row.application);
  }
  if (caller.kind === 'token') {
    if (row.scope === null)
      return forbidden('SESSION_NEEDED', {
        message: 'This is for operators who are signed in, not for tokens.',
        remedy: 'Sign in to the console: it is about whoever is signed in.',
      });
    if (!caller.scopes.includes(row.scope))
      return scopeMissing(`The token lacks the scope ${row.scope}.`, row.scope);
  }
  if (isAtLeast(caller.role, row.least)) return null;
  return forbidden('ROLE_TOO_LOW', {
    message: `This takes the role ${row.least}, and ${caller.name} has ${caller.role}.`,
    remedy: `Ask an operator who is ${row.least} to do it.`,
  });
}

/**
 * Who has yet to set up the second factor that the installation asks for does that, and nothing else. Their tokens go
 * on, but let nobody in.
 */
function withoutFactor(
  { settings }: AppContext,
  caller: Caller,
  row: Exclude<Row, 'anyone'>,
): AppError | null {
  const open = caller.kind === 'token' ? !letsIn(row) : 'before' in row;
  if (open || caller.secondFactor) return null;
  if (!needsSecondFactor(settings.secondFactor ?? 'optional', caller.role)) return null;
  const who = caller.kind === 'token' ? `whoever made the token ${caller.name}` : caller.name;
  return new AppError({
    kind: 'forbidden',
    code: 'SECOND_FACTOR_NEEDED',
    message: `This installation asks ${caller.role}s for a second factor, and ${who} has none yet.`,
    remedy: 'Set one up under “Your account” in the console.',
  });
}

function letsIn(row: Exclude<Row, 'anyone'>): boolean {
  return 'scope' in row && row.scope !== null && LETTING_IN.includes(row.scope);
}

function scopeMissing(message: string, scope: Scope): AppError {
  const remedy = `Make a token that has it, in the console or with: bin/tributary token create NAME --scope ${scope}`;
  return forbidden('SCOPE_MISSING', { message, remedy });
}

function forbidden(code: string, said: { readonly message: string; readonly remedy: string }): AppError {
  return new AppError({ kind: 'forbidden', code, ...said });
}

function unauthenticated(code: string, message: string): AppError {
  const remedy = 'Sign in, or send a token: Authorization: Bearer TOKEN';
  return new AppError({ kind: 'unauthenticated', code, message, remedy });
}
