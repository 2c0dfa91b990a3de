import { z } from 'zod';
import { actorOf } from '../../app/operators/caller.ts';
import { applyProviders, planProviders } from '../../app/providers/apply-provider.ts';
import { DEAR } from '../api/limit-rates.ts';
import { callerOf, type Api, type ApiFace } from '../api/types.ts';
import { definitionDocuments, plannedSchema } from '../schemas/providers.ts';
import { list } from '../schemas/shapes.ts';
import { readDocuments } from './definition-body.ts';

const common = { tags: ['Providers'], body: definitionDocuments };
const answer = z.object({ items: list(plannedSchema) });

/** Definitions that are kept elsewhere, in git for example: compared and applied together. */
export function definitionsRoutes(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/definitions/plan',
    {
      config: DEAR,
      schema: {
        ...common,
        summary: 'What applying these definitions would change, setting by setting. Changes nothing',
        response: { 200: answer },
      },
    },
    async (request) => ({ items: await planProviders(context, readDocuments(request.body)) }),
  );

  api.post(
    '/api/v1/definitions',
    {
      config: DEAR,
      schema: {
        ...common,
        summary: 'Register providers, or bring them to what the definitions say: all of them or none',
        description: 'Sending the same again changes nothing. Providers that are not named stay as they are.',
        response: { 200: answer },
      },
    },
    async (request) => {
      const requests = readDocuments(request.body);
      const actor = actorOf(callerOf(request));
      return { items: await applyProviders(context, { requests, actor }) };
    },
  );
}
