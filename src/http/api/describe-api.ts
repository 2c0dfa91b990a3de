import swagger from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { problemSchema } from '../schemas/shapes.ts';
import type { Api } from './types.ts';
import { WHO_MAY, type Row } from './who-may.ts';

const VERSION = '1.0.0';

/** What is common to all answers that are not the wanted one. */
const REFUSAL = {
  description: 'Not done; the code says why.',
  content: { 'application/problem+json': { schema: problemSchema } },
};

/** Collects the document at /api/openapi.json from the schemas that check and answer. Has to come before the routes. */
export async function describeApi(api: Api, productName: string): Promise<void> {
  api.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/api/v1/') || route.schema === undefined) return;
    const row = WHO_MAY[`${String([route.method].flat()[0])} ${route.url}`];
    const response = { ...(route.schema.response as object), '4xx': REFUSAL, '5xx': REFUSAL };
    route.schema = { ...route.schema, response, security: securityOf(row), ...described(route.schema, row) };
  });
  await api.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: `${productName} API`,
        version: VERSION,
        description:
          'Lists come in pages: pass `next` of one answer as `cursor` of the next request. What must not happen ' +
          'twice takes an `Idempotency-Key`. Every refusal is a problem document (RFC 9457) with a stable code.',
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'An API token.' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: '__Host-tributary-operator',
            description: 'A console session.',
          },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
}

function securityOf(row: Row | undefined): Record<string, string[]>[] {
  if (row === undefined || row === 'anyone') return [];
  if ('application' in row) return [{ token: [row.application] }];
  return row.scope === null ? [{ session: [] }] : [{ token: [row.scope] }, { session: [] }];
}

function described(schema: object, row: Row | undefined): { description: string } {
  const own = 'description' in schema ? `${String(schema.description)}\n\n` : '';
  return { description: `${own}${whoMay(row)}` };
}

/** Who may, in words. */
export function whoMay(row: Row | undefined): string {
  if (row === undefined || row === 'anyone') return 'For everybody.';
  if ('application' in row) return `For tokens with the scope \`${row.application}\`.`;
  const roles = `For the role \`${row.least}\`${row.least === 'admin' ? '' : ' and above'}`;
  return row.scope === null ? `${roles}, signed in.` : `${roles}; tokens need the scope \`${row.scope}\`.`;
}
