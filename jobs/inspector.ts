import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyPluginAsync } from 'fastify';
import type { Secret } from '../connectors/contract/secret.ts';
import type { Logger } from '../connectors/contract/tools.ts';
import { openPostgresBackend, migrateQueues } from './postgres-backend.ts';
import { KINDS } from './queues.ts';
import { openRedisBackend } from './redis-backend.ts';

type BoardOptions = Parameters<typeof createBullBoard>[0];

export interface InspectorRequest {
  /** Where the page is served: `/console/queues`. */
  readonly path: string;
  /** Null: the queues are in the store. */
  readonly redisUrl: Secret | null;
  readonly storeUrl: Secret;
  readonly logger: Logger;
}

/** Disposing closes the queues that were looked into. */
export interface Inspector extends AsyncDisposable {
  /** Pages and what they ask for. Whoever registers it decides who may. */
  readonly plugin: FastifyPluginAsync;
}

/**
 * A look into the queues. It changes nothing: a queue only says that there is
 * something to do, and what is done again is decided, and audited, in the store.
 */
export async function openInspector({
  path,
  redisUrl,
  storeUrl,
  logger,
}: InspectorRequest): Promise<Inspector> {
  if (redisUrl === null) await migrateQueues(storeUrl);
  const backend =
    redisUrl === null ? openPostgresBackend(storeUrl, logger) : openRedisBackend(redisUrl, logger);
  const queues = KINDS.map((kind) => backend.openInspected(kind));
  const adapter = new FastifyAdapter();
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true, allowRetries: false })),
    // The adapter comes with a copy of the API of its own, whose private fields TypeScript takes for others.
    serverAdapter: adapter as unknown as BoardOptions['serverAdapter'],
    options: { uiConfig: { boardTitle: 'Queues', hideRedisDetails: true, favIcon: FAVICON } },
  });
  adapter.setBasePath(path);
  adapter.setErrorHandler((error) => {
    logger.warn('the queues could not be looked into', { error });
    return { status: 500, body: { error: 'The queues do not answer; the log says why.' } };
  });
  const board = adapter.registerPlugin();
  return {
    plugin: async (server) => {
      server.addHook('onSend', async (_request, reply, payload) => {
        const html = String(reply.getHeader('content-type') ?? '').startsWith('text/html');
        return await Promise.resolve(html && typeof payload === 'string' ? withoutOthers(payload) : payload);
      });
      await server.register(board, { prefix: path });
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(queues.map(async (queue) => await queue.close()));
      await backend[Symbol.asyncDispose]();
    },
  };
}

const FAVICON = { default: 'static/images/logo.svg', alternative: 'static/favicon-32x32.png' };

/** The page would load its fonts from somebody else. */
function withoutOthers(html: string): string {
  return html.replaceAll(/<link[^>]+href="https?:\/\/[^>]*>/g, '');
}
