import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import { fastify, type FastifyInstance, type FastifyPluginAsync, type FastifyServerOptions } from 'fastify';
import type { AppContext } from '../app/context.ts';
import { answerErrors, answerUnrouted, type ErrorPage } from './answer-errors.ts';
import { health, type ReadinessCheck } from './health.ts';
import { metrics } from './metrics/plugin.ts';

export interface ServerOptions {
  /** The faces to serve, composed by src/bin because faces do not know each other. */
  readonly plugins: readonly FastifyPluginAsync[];
  /** What else has to be well before this process is ready; the store is always asked. */
  readonly readiness?: readonly ReadinessCheck[];
  /** Which proxies may say, in X-Forwarded-For, who is asking: none, so many, or those addresses, with commas. Default none. */
  readonly trustProxy?: false | number | string;
  /** HTML for failures outside /api; plain text without it. */
  readonly errorPage?: ErrorPage;
}

/** A form holds two passwords of at most 1024 bytes, percent-encoded, and a token. */
const FORM_BYTES = 8 * 1024;
/** Ids, names and addresses are shorter; what is longer is answered like anything else that is not there. */
const LONGEST_PARAMETER = 1_000;
const REQUEST_MS = 30_000;
/** Of the 30 s in which a process has to be gone. */
const FINISH_MS = 5_000;
const YEAR_SECONDS = 365 * 24 * 3_600;

/** Builds the server, ready to listen. Closing it ends what is under way first. */
export async function buildServer(context: AppContext, options: ServerOptions): Promise<FastifyInstance> {
  const server = fastify({
    logger: false,
    trustProxy: trusted(options.trustProxy ?? false),
    requestTimeout: REQUEST_MS,
    // Ids are ours: one that a client sends could forge lines of the log.
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    frameworkErrors: (error, request, reply) => void answerUnrouted(error, request, reply),
  });
  endConnections(server);
  answerErrors(server, context.logger, options.errorPage ?? null);
  await server.register(helmet, securityHeaders(context.settings.publicUrl));
  await server.register(cookie);
  await server.register(formbody, { bodyLimit: FORM_BYTES });
  await server.register(health(context, options.readiness ?? []));
  metrics(server, context);
  for (const plugin of options.plugins) await server.register(plugin);
  return server;
}

/**
 * Connections that were opened in advance and never used are not idle to Node: each
 * would hold up the stop for more than a minute. What is under way has some seconds.
 */
function endConnections(server: FastifyInstance): void {
  server.addHook('preClose', async () => {
    setTimeout(() => server.server.closeAllConnections(), FINISH_MS).unref();
    await Promise.resolve();
  });
}

/** Nothing from elsewhere, nothing inline, no frames; a face that needs more says so on its own routes. */
function securityHeaders(publicUrl: string): Parameters<typeof helmet>[1] {
  const self = ["'self'"];
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: self,
        styleSrc: self,
        imgSrc: self,
        formAction: self,
        frameSrc: self,
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: YEAR_SECONDS } : false,
  };
}

/** Fastify's types have no number of proxies; a function that counts them says the same. */
function trusted(proxies: false | number | string): FastifyServerOptions['trustProxy'] & {} {
  return typeof proxies === 'number' ? (_address, hop) => hop < proxies : proxies;
}
