import { z } from 'zod';
import { definitionWarnings } from '../../domain/providers/definition-warnings.ts';
import { checkDefinition } from '../../app/providers/check-definition.ts';
import { describeQuery } from '../../app/providers/describe-query.ts';
import { discoverProvider } from '../../app/providers/discover-provider.ts';
import { previewProvider } from '../../app/providers/preview-provider.ts';
import { providerGrants } from '../../app/providers/provider-grants.ts';
import { planProviders } from '../../app/providers/apply-provider.ts';
import { watchTest } from '../../app/providers/test-provider.ts';
import { DEAR } from '../api/limit-rates.ts';
import { signalOf } from '../api/request-signal.ts';
import type { Api, ApiFace } from '../api/types.ts';
import { list } from '../schemas/shapes.ts';
import {
  appliedSchema,
  definitionDocument,
  describedQuerySchema,
  discoverySchema,
  previewedSchema,
  testSchema,
  warningSchema,
} from '../schemas/providers.ts';
import { conditionHeaders, expectedVersion, readDocument } from './definition-body.ts';
import { AS_IT_HAPPENS, answerTest } from './tell-findings.ts';

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
      schema: {
        ...common,
        summary: 'Look for everything wrong',
        description: `With \`scope=whereabouts\` name, connector and connection are enough: the road to the database is tested. ${AS_IT_HAPPENS}`,
        querystring: z.strictObject({ scope: z.enum(['whole', 'whereabouts']).default('whole') }),
        response: { 200: testSchema },
      },
    },
    async (request, reply) => {
      const { scope } = request.query;
      const about = { target: readDocument(request.body, scope), signal: signalOf(reply), scope };
      return await answerTest(request, reply, async (tell) => await watchTest(context, { ...about, tell }));
    },
  );
}

export function planRoute(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/drafts/plan',
    {
      schema: {
        ...common,
        summary: 'What applying a definition would change, setting by setting; changes nothing',
        headers: conditionHeaders,
        response: { 200: appliedSchema.omit({ version: true }) },
      },
    },
    async (request) => {
      const expected = expectedVersion(request);
      const read = { ...readDocument(request.body), ...(expected !== null && { expected }) };
      const [planned] = await planProviders(context, [read]);
      if (planned === undefined) throw new Error('one request has one answer');
      return planned;
    },
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
    '/api/v1/drafts/describe-query',
    {
      config: DEAR,
      schema: {
        ...common,
        summary: 'What a query answers; name, connector, connection and source.query are enough',
        response: { 200: describedQuerySchema },
      },
    },
    async (request, reply) =>
      await describeQuery(context, readDocument(request.body, 'whereabouts'), signalOf(reply)),
  );
}

/** What comes of a definition, and what it needs. */
export function draftOutcomeRoutes(api: Api, { context }: ApiFace): void {
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
