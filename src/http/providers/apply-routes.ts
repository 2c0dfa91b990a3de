import { z } from 'zod';
import { actorOf } from '../../app/operators/caller.ts';
import { applyProvider } from '../../app/providers/apply-provider.ts';
import { showProvider } from '../../app/providers/show-provider.ts';
import { AppError, invalid } from '../../kernel/errors.ts';
import { callerOf, nameParams, type Api, type ApiFace } from '../api/types.ts';
import { appliedSchema, definitionDocument } from '../schemas/providers.ts';
import { conditionHeaders, expectedVersion, readDocument } from './definition-body.ts';
import { versionTag } from './shown-definition.ts';

export function applyRoutes(api: Api, { context }: ApiFace): void {
  api.put(
    '/api/v1/providers/:name',
    {
      schema: {
        tags: ['Providers'],
        summary: 'Register a provider, or bring it to what the definition says',
        description:
          '`If-None-Match: *` registers; `If-Match` with the ETag changes what was read. Sending the same again ' +
          'changes nothing. A password that is left out, or masked with asterisks, stays.',
        params: nameParams,
        headers: conditionHeaders,
        querystring: z.strictObject({
          paused: z
            .enum(['true', 'false'])
            .default('false')
            .meta({ description: 'A provider that is registered begins paused.' }),
        }),
        body: definitionDocument,
        response: { 200: appliedSchema, 201: appliedSchema },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const read = readDocument(request.body);
      if (read.definition.name !== name) throw otherName(name);
      const expected = expectedVersion(request);
      if (expected === null) throw needsCondition();
      const actor = actorOf(callerOf(request));
      const paused = request.query.paused === 'true';
      const applied = await applyProvider(context, { ...read, expected, actor, paused });
      const { version } = await showProvider(context, name);
      reply.header('etag', versionTag(version));
      return await reply.code(applied.outcome === 'created' ? 201 : 200).send({ ...applied, version });
    },
  );
}

function otherName(name: string): AppError {
  return invalid('DEFINITION_INVALID', 'The definition is of another provider.', [
    {
      path: 'name',
      code: 'VALUE_INVALID',
      message: `is not ${name}`,
      remedy: 'Use the same name in both places.',
    },
  ]);
}

function needsCondition(): AppError {
  return new AppError({
    kind: 'unconditional',
    code: 'CONDITION_NEEDED',
    message: 'Say what the change is based on.',
    remedy: 'Send If-None-Match: * to register, or If-Match with the ETag of what you read.',
  });
}
