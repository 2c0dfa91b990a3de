import { z } from 'zod';
import { actorOf, type Caller } from '../../app/operators/caller.ts';
import { createToken } from '../../app/operators/create-token.ts';
import { listTokens, revokeToken } from '../../app/operators/tokens.ts';
import { keepFault } from '../../domain/operators/token-rules.ts';
import { AppError } from '../../kernel/errors.ts';
import { callerOf, idParams, type Api, type ApiFace } from '../api/types.ts';
import { list } from '../schemas/shapes.ts';
import {
  createdTokenSchema,
  revocationSchema,
  revokedTokenSchema,
  tokenRequestSchema,
  tokenSchema,
} from '../schemas/operators.ts';

const tags = ['Tokens'];

export function tokenRoutes(api: Api, face: ApiFace): void {
  makingRoutes(api, face);
  endingRoute(api, face);
}

function makingRoutes(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/tokens',
    {
      schema: {
        tags,
        summary: 'API tokens: your own, and for admins everybody’s',
        response: { 200: z.object({ items: list(tokenSchema) }) },
      },
    },
    async (request) => ({ items: await listTokens(context, ownOnly(callerOf(request))) }),
  );

  api.post(
    '/api/v1/tokens',
    {
      schema: {
        tags,
        summary: 'Make a token; its text is shown once',
        body: tokenRequestSchema,
        response: { 201: createdTokenSchema },
      },
    },
    async (request, reply) => {
      const maker = callerOf(request);
      const made = await createToken(context, { ...request.body, actor: actorOf(maker), maker });
      return await reply.code(201).send({ ...made, token: made.token.reveal() });
    },
  );
}

function endingRoute(api: Api, { context }: ApiFace): void {
  api.delete(
    '/api/v1/tokens/:id',
    {
      schema: {
        tags,
        summary:
          'End a token, by its id or name, with what it made: tokens, links, and operators who got in by them',
        params: idParams,
        querystring: revocationSchema,
        response: { 200: revokedTokenSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const keepOperators = request.query.keepOperators === 'true';
      if (keepOperators) refuseKeeping(caller);
      return await revokeToken(context, {
        which: request.params.id,
        operatorId: ownOnly(caller),
        keepOperators,
        actor: actorOf(caller),
      });
    },
  );
}

function refuseKeeping(caller: Caller): void {
  const fault = keepFault(caller);
  if (fault === null) return;
  throw new AppError({
    kind: 'forbidden',
    code: fault === 'token' ? 'SESSION_NEEDED' : 'ROLE_TOO_LOW',
    message:
      'That operators stay whom a token let in is for admins who are signed in to say; nothing was done.',
    remedy: 'Leave keepOperators out, or use the command on a machine of the installation.',
  });
}

/** Whose tokens somebody deals with: null for everybody's. */
function ownOnly(caller: Caller): string | null {
  return caller.role === 'admin' ? null : caller.operatorId;
}
