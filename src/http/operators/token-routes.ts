import { z } from 'zod';
import { actorOf, type Caller } from '../../app/operators/caller.ts';
import { createToken } from '../../app/operators/create-token.ts';
import { listTokens, revokeToken } from '../../app/operators/tokens.ts';
import { callerOf, idParams, type Api, type ApiFace } from '../api/types.ts';
import { list } from '../schemas/shapes.ts';
import { createdTokenSchema, tokenRequestSchema, tokenSchema } from '../schemas/operators.ts';

const tags = ['Tokens'];

export function tokenRoutes(api: Api, { context }: ApiFace): void {
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
      const caller = callerOf(request);
      const maker = caller.kind === 'session' ? caller : null;
      const made = await createToken(context, { ...request.body, actor: actorOf(caller), maker });
      return await reply.code(201).send({ ...made, token: made.token.reveal() });
    },
  );

  api.delete(
    '/api/v1/tokens/:id',
    { schema: { tags, summary: 'End a token', params: idParams, response: { 204: z.void() } } },
    async (request, reply) => {
      const caller = callerOf(request);
      const about = { which: request.params.id, operatorId: ownOnly(caller), actor: actorOf(caller) };
      await revokeToken(context, about);
      return await reply.code(204).send();
    },
  );
}

/** Whose tokens somebody deals with: null for everybody's. */
function ownOnly(caller: Caller): string | null {
  return caller.kind === 'session' && caller.role !== 'admin' ? caller.operatorId : null;
}
