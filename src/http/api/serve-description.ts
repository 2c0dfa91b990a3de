import swaggerUi from '@fastify/swagger-ui';
import type { Api } from './types.ts';

/** The page's own style sheets write styles inline; its scripts come from here. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The document at /api/openapi.json, and a page at /api/docs that sends requests. Both for everybody: they hold nothing of an installation. */
export async function serveDescription(api: Api): Promise<void> {
  api.get('/api/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    await reply.type('application/json; charset=utf-8').serializer(JSON.stringify).send(api.swagger());
  });
  await api.register(async (docs) => {
    docs.addHook('onSend', async (_request, reply) => {
      reply.header('content-security-policy', POLICY);
      await Promise.resolve();
    });
    await docs.register(swaggerUi, {
      routePrefix: '/api/docs',
      uiConfig: { docExpansion: 'none', filter: true, persistAuthorization: false },
    });
  });
}
