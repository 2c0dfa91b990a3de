import type { FastifyPluginAsync } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { AppContext } from '../../app/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { carryOutOnce } from './carry-out-once.ts';
import { describeApi } from './describe-api.ts';
import { guardRoutes } from './guard-routes.ts';
import { limitRates } from './limit-rates.ts';
import { readFiles, readJson } from './read-json.ts';
import { ROUTES } from './routes.ts';
import { serveDescription } from './serve-description.ts';
import type { ApiFace, ApiParts } from './types.ts';
import { answerBySchema, validateBySchema } from './validation.ts';

/**
 * The API under /api, its description and a page to try it.
 *
 * @param parts null: routes that need them answer 503.
 */
export function api(context: AppContext, parts: ApiParts | null = null): FastifyPluginAsync {
  return async (server) => {
    const face: ApiFace = {
      context,
      mail: () => part(parts?.mail),
      installation: () => part(parts?.installation),
    };
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

function part<T>(given: T | undefined): T {
  if (given !== undefined) return given;
  throw new AppError({
    kind: 'unavailable',
    code: 'NOT_SERVED_HERE',
    message: 'This process serves the API without mail and settings.',
    remedy: 'Ask the process that was started with: tributary start',
  });
}
