import { z } from 'zod';
import { actorOf, madeBy } from '../../app/operators/caller.ts';
import { changeOperator, inviteOperator } from '../../app/operators/change-operator.ts';
import { createOperator } from '../../app/operators/create-operator.ts';
import { endOperatorSessions, listOperatorSessions } from '../../app/operators/operator-sessions.ts';
import { listOperators, readOperator } from '../../app/operators/read-operator.ts';
import { callerOf, idParams, type Api, type ApiFace } from '../api/types.ts';
import { list } from '../schemas/shapes.ts';
import {
  inviteSchema,
  invitedOperatorSchema,
  operatorChangeSchema,
  operatorRequestSchema,
  operatorSchema,
  operatorSessionSchema,
} from '../schemas/operators.ts';

const tags = ['Operators'];

export function operatorRoutes(api: Api, face: ApiFace): void {
  readRoutes(api, face);
  writeRoutes(api, face);
  linkRoutes(api, face);
  sessionRoutes(api, face);
}

function readRoutes(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/operators',
    {
      schema: {
        tags,
        summary: 'Operators by name',
        response: { 200: z.object({ items: list(operatorSchema) }) },
      },
    },
    async () => ({ items: await listOperators(context) }),
  );

  api.get(
    '/api/v1/operators/:id',
    { schema: { tags, summary: 'One operator', params: idParams, response: { 200: operatorSchema } } },
    async (request) => await readOperator(context, request.params.id),
  );
}

function writeRoutes(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/operators',
    {
      schema: {
        tags,
        summary: 'Make an operator; the link to choose a password is shown once',
        body: operatorRequestSchema,
        response: { 201: invitedOperatorSchema },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const by = { actor: actorOf(caller), by: madeBy(caller) };
      const made = await createOperator(context, { ...request.body, password: null, ...by });
      return await reply.code(201).send({ name: made.name, ...linkOf(made) });
    },
  );

  api.patch(
    '/api/v1/operators/:id',
    {
      schema: {
        tags,
        summary: 'Change a role, disable or enable',
        params: idParams,
        body: operatorChangeSchema,
        response: { 200: operatorSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const change = { ...request.body, who: request.params.id };
      return await changeOperator(context, {
        ...change,
        actor: actorOf(caller),
        operatorId: caller.operatorId,
      });
    },
  );
}

function linkRoutes(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/operators/:id/link',
    {
      schema: {
        tags,
        summary: 'A new link to choose a password; earlier ones end',
        params: idParams,
        body: inviteSchema,
        response: { 201: invitedOperatorSchema },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const by = { actor: actorOf(caller), by: madeBy(caller) };
      const made = await inviteOperator(context, { ...request.body, who: request.params.id, ...by });
      return await reply.code(201).send({ name: made.name, ...linkOf(made) });
    },
  );
}

function sessionRoutes(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/operators/:id/sessions',
    {
      schema: {
        tags,
        summary: 'Where an operator is signed in',
        params: idParams,
        response: { 200: z.object({ items: list(operatorSessionSchema) }) },
      },
    },
    async (request) => ({ items: await listOperatorSessions(context, request.params.id) }),
  );

  api.delete(
    '/api/v1/operators/:id/sessions',
    {
      schema: {
        tags,
        summary: 'End every session of an operator',
        params: idParams,
        response: { 200: z.object({ ended: z.int() }) },
      },
    },
    async (request) => {
      const actor = actorOf(callerOf(request));
      return {
        ended: await endOperatorSessions(context, { who: request.params.id, sessionId: null, actor }),
      };
    },
  );

  api.delete(
    '/api/v1/operators/:id/sessions/:sessionId',
    {
      schema: {
        tags,
        summary: 'End one session of an operator',
        params: idParams.extend({ sessionId: z.string().min(1).max(300) }),
        response: { 204: z.void() },
      },
    },
    async (request, reply) => {
      const { id, sessionId } = request.params;
      await endOperatorSessions(context, { who: id, sessionId, actor: actorOf(callerOf(request)) });
      return await reply.code(204).send();
    },
  );
}

function linkOf({ link }: { readonly link: { url: { reveal(): string }; expiresAt: Date } | null }): {
  link: string;
  expiresAt: Date;
} {
  if (link === null) throw new Error('an operator that is made here gets a link');
  return { link: link.url.reveal(), expiresAt: link.expiresAt };
}
