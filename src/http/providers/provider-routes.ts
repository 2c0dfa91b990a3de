import { z } from 'zod';
import { actorOf } from '../../app/operators/caller.ts';
import { listProviders } from '../../app/providers/list-providers.ts';
import { pauseProvider, resumeProvider } from '../../app/providers/pause-provider.ts';
import { removeProvider } from '../../app/providers/remove-provider.ts';
import { showProvider } from '../../app/providers/show-provider.ts';
import { invalid } from '../../kernel/errors.ts';
import { signalOf } from '../api/request-signal.ts';
import { callerOf, nameParams, type Api, type ApiFace } from '../api/types.ts';
import { list } from '../schemas/shapes.ts';
import {
  pausedSchema,
  providerSchema,
  removalQuery,
  removedSchema,
  shownProviderSchema,
} from '../schemas/providers.ts';
import { versionTag, withoutConnection } from './shown-definition.ts';

const tags = ['Providers'];

export function providerRoutes(api: Api, face: ApiFace): void {
  readRoutes(api, face);
  pauseRoutes(api, face);
  removeRoute(api, face);
}

function readRoutes(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/providers',
    {
      schema: {
        tags,
        summary: 'Providers by name',
        response: { 200: z.object({ items: list(providerSchema) }) },
      },
    },
    async (request) => ({
      items: (await listProviders(context)).map((provider) => withoutConnection(request, provider)),
    }),
  );

  api.get(
    '/api/v1/providers/:name',
    {
      schema: {
        tags,
        summary: 'One provider; the ETag is for changing its definition',
        params: nameParams,
        response: { 200: shownProviderSchema },
      },
    },
    async (request, reply) => {
      const provider = await showProvider(context, request.params.name);
      reply.header('etag', versionTag(provider.version));
      return withoutConnection(request, provider);
    },
  );
}

function pauseRoutes(api: Api, { context }: ApiFace): void {
  const schema = { tags, params: nameParams, response: { 200: pausedSchema } };

  api.post(
    '/api/v1/providers/:name/pause',
    { schema: { ...schema, summary: 'Stop scheduled runs' } },
    async (request) => {
      const { name } = request.params;
      return { name, changed: await pauseProvider(context, { name, actor: actorOf(callerOf(request)) }) };
    },
  );

  api.post(
    '/api/v1/providers/:name/resume',
    { schema: { ...schema, summary: 'Let scheduled runs start again' } },
    async (request) => {
      const { name } = request.params;
      return { name, changed: await resumeProvider(context, { name, actor: actorOf(callerOf(request)) }) };
    },
  );
}

function removeRoute(api: Api, { context }: ApiFace): void {
  api.delete(
    '/api/v1/providers/:name',
    {
      schema: {
        tags,
        summary: 'Remove a provider; its people are kept or disabled, never deleted',
        params: nameParams,
        querystring: removalQuery,
        response: { 200: removedSchema },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const { people, confirm } = request.query;
      if (confirm !== name)
        throw invalid('NOT_CONFIRMED', `Removing ${name} was not confirmed; nothing has changed.`, [
          {
            path: 'confirm',
            code: 'NOT_CONFIRMED',
            message: 'is not the name',
            remedy: 'Give the name once more.',
          },
        ]);
      const actor = actorOf(callerOf(request));
      const removed = await removeProvider(context, { name, people, actor, signal: signalOf(reply) });
      return { name, people, ...removed };
    },
  );
}
