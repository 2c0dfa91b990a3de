import { z } from 'zod';
import { readOverview } from '../../app/overview/read-overview.ts';
import type { Api, ApiFace } from '../api/types.ts';
import { overviewSchema, spanSchema } from '../schemas/overview.ts';

export function overviewRoutes(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/overview',
    {
      schema: {
        tags: ['Overview'],
        summary: 'What needs a human, how far invitations are, and what has been going on',
        querystring: z.strictObject({ span: spanSchema.default('week') }),
        response: { 200: overviewSchema },
      },
    },
    async (request) => await readOverview(context, request.query.span),
  );
}
