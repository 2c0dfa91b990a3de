import { actorOf } from '../../app/operators/caller.ts';
import { rotatePushKey } from '../../app/push/rotate-push-key.ts';
import { callerOf, nameParams, type Api, type ApiFace } from '../api/types.ts';
import { pushKeySchema } from '../schemas/providers.ts';

export function keyRoute(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/providers/:name/key',
    {
      schema: {
        tags: ['Providers'],
        summary: 'Make the key that a provider\u2019s system signs its posts with, or a new one',
        description: 'It is shown this once. The one before it stays good for 24 hours.',
        params: nameParams,
        response: { 201: pushKeySchema },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const { key, rotated } = await rotatePushKey(context, { name, actor: actorOf(callerOf(request)) });
      const url = `${context.settings.publicUrl}/hooks/providers/${name}`;
      return await reply.code(201).send({ key: key.reveal(), rotated, url });
    },
  );
}
