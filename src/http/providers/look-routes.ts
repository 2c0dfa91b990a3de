import { z } from 'zod';
import { discoverProvider } from '../../app/providers/discover-provider.ts';
import { listTraces } from '../../app/providers/list-traces.ts';
import { previewProvider } from '../../app/providers/preview-provider.ts';
import { providerGrants } from '../../app/providers/provider-grants.ts';
import { watchTest } from '../../app/providers/test-provider.ts';
import { DEAR } from '../api/limit-rates.ts';
import { signalOf } from '../api/request-signal.ts';
import { nameParams, type Api, type ApiFace } from '../api/types.ts';
import { list } from '../schemas/shapes.ts';
import { AS_IT_HAPPENS, answerTest } from './tell-findings.ts';
import { discoverySchema, previewedSchema, testSchema, traceReportSchema } from '../schemas/providers.ts';

const tags = ['Providers'];
const common = { tags, params: nameParams };

/** Asks the provider's database, as the ones below do. Changes nothing there. */
export function testRoute(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/providers/:name/test',
    {
      config: DEAR,
      schema: {
        ...common,
        summary: 'Look for everything wrong',
        description: AS_IT_HAPPENS,
        response: { 200: testSchema },
      },
    },
    async (request, reply) => {
      const about = { target: request.params, signal: signalOf(reply), scope: 'whole' as const };
      return await answerTest(request, reply, async (tell) => await watchTest(context, { ...about, tell }));
    },
  );
}

/** The rest of what asks the provider's database. */
export function lookRoutes(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/providers/:name/discover',
    {
      config: DEAR,
      schema: { ...common, summary: 'What the database offers', response: { 200: discoverySchema } },
    },
    async (request, reply) => await discoverProvider(context, request.params, signalOf(reply)),
  );

  api.post(
    '/api/v1/providers/:name/preview',
    {
      config: DEAR,
      schema: {
        ...common,
        summary: 'The first records as they would become profiles',
        querystring: z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(10) }),
        response: { 200: z.object({ items: list(previewedSchema) }) },
      },
    },
    async (request, reply) => {
      const about = { target: request.params, limit: request.query.limit, signal: signalOf(reply) };
      return { items: await previewProvider(context, about) };
    },
  );

  api.get(
    '/api/v1/providers/:name/grants',
    {
      schema: {
        ...common,
        summary: 'The SQL that grants exactly the rights needed',
        response: { 200: z.object({ sql: z.string() }) },
      },
    },
    async (request) => ({ sql: await providerGrants(context, request.params) }),
  );
}

export function traceRoutes(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/providers/:name/traces',
    {
      config: DEAR,
      schema: {
        ...common,
        summary: 'What stands in the customer’s database because of us',
        response: { 200: traceReportSchema },
      },
    },
    async (request, reply) => await listTraces(context, request.params.name, signalOf(reply)),
  );
}
