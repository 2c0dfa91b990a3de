import type { FastifyPluginAsync } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { AppContext } from '../../app/context.ts';
import { carryOutOnce } from './carry-out-once.ts';
import { describeApi } from './describe-api.ts';
import { guardRoutes } from './guard-routes.ts';
import { limitRates } from './limit-rates.ts';
import { readFiles, readJson } from './read-json.ts';
import { ROUTES } from './routes.ts';
import { serveDescription } from './serve-description.ts';
import type { ApiFace } from './types.ts';
import { answerBySchema, validateBySchema } from './validation.ts';

/** The API under /api, its description and a page to try it. */
export function api(context: AppContext): FastifyPluginAsync {
  return async (server) => {
    const face: ApiFace = { context };
    readJson(server);
    readFiles(server);
    server.setValidatorCompiler(validateBySchema);
    server.setSerializerCompiler(answerBySchema);
    const typed = server.withTypeProvider<ZodTypeProvider>();
    await limitRates(typed);
    await describeApi(typed, context.settings.productName);
    carryOutOnce(typed, context);
    await serveDescription(typed);
    guardRoutes(typed, context);
    for (const add of ROUTES) add(typed, face);
  };
}
