import { z } from 'zod';
import { definitionWarnings } from '../../domain/providers/definition-warnings.ts';
import { checkDefinition } from '../../app/providers/check-definition.ts';
import { discoverProvider } from '../../app/providers/discover-provider.ts';
import { previewProvider } from '../../app/providers/preview-provider.ts';
import { providerGrants } from '../../app/providers/provider-grants.ts';
import { testProvider } from '../../app/providers/test-provider.ts';
import { DEAR } from '../api/limit-rates.ts';
import { signalOf } from '../api/request-signal.ts';
import type { Api, ApiFace } from '../api/types.ts';
import { list } from '../schemas/shapes.ts';
import {
  definitionDocument,
  discoverySchema,
  previewedSchema,
  testSchema,
  warningSchema,
} from '../schemas/providers.ts';
import { readDocument } from './definition-body.ts';

const tags = ['Drafts'];
const common = { tags, body: definitionDocument };

/** The same for definitions that nobody has saved: each body is a definition, and nothing is kept of it. */
export function draftRoutes(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/drafts/check',
    {
      schema: {
        ...common,
        summary: 'Check a definition; connects to nothing',
        response: { 200: z.object({ warnings: list(warningSchema) }) },
      },
    },
    async (request) => {
      const { definition } = readDocument(request.body);
      await checkDefinition(context, definition);
      return { warnings: definitionWarnings(definition) };
    },
  );

  api.post(
    '/api/v1/drafts/test',
    {
      config: DEAR,
      schema: { ...common, summary: 'Look for everything wrong', response: { 200: testSchema } },
    },
    async (request, reply) => await testProvider(context, readDocument(request.body), signalOf(reply)),
  );
}

export function draftLookRoutes(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/drafts/discover',
    {
      config: DEAR,
      schema: {
        ...common,
        summary: 'What the database offers; name, connector and connection are enough',
        response: { 200: discoverySchema },
      },
    },
    async (request, reply) =>
      await discoverProvider(context, readDocument(request.body, 'whereabouts'), signalOf(reply)),
  );

  api.post(
    '/api/v1/drafts/preview',
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
      const about = {
        target: readDocument(request.body),
        limit: request.query.limit,
        signal: signalOf(reply),
      };
      return { items: await previewProvider(context, about) };
    },
  );

  api.post(
    '/api/v1/drafts/grants',
    {
      schema: {
        ...common,
        summary: 'The SQL that grants exactly the rights needed',
        response: { 200: z.object({ sql: z.string() }) },
      },
    },
    async (request) => ({ sql: await providerGrants(context, readDocument(request.body)) }),
  );
}
