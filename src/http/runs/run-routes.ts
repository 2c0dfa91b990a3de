import { z } from 'zod';
import { actorOf } from '../../app/operators/caller.ts';
import { approveRun, rejectRun } from '../../app/runs/decide-held-run.ts';
import { listRuns } from '../../app/runs/list-runs.ts';
import { replayRun } from '../../app/runs/replay-run.ts';
import { requestRun } from '../../app/runs/request-run.ts';
import { showRun } from '../../app/runs/show-run.ts';
import { AppError, invalid } from '../../kernel/errors.ts';
import { ONCE } from '../api/carry-out-once.ts';
import { page, pageOf, timeQuery } from '../api/paging.ts';
import { callerOf, idParams, type Api, type ApiFace } from '../api/types.ts';
import {
  requestedRunSchema,
  runKindSchema,
  runRequestSchema,
  runSchema,
  runStateSchema,
} from '../schemas/runs.ts';

const tags = ['Runs'];

export function runRoutes(api: Api, face: ApiFace): void {
  listRoutes(api, face);
  requestRoute(api, face);
  decideRoutes(api, face);
  replayRoute(api, face);
}

function listRoutes(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/runs',
    {
      schema: {
        tags,
        summary: 'Runs, by time',
        querystring: z.strictObject({
          provider: z.string().max(63).optional(),
          state: runStateSchema.optional(),
          kind: runKindSchema.optional(),
          ...timeQuery,
        }),
        response: { 200: pageOf(runSchema) },
      },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query;
      const found = await listRuns(context, { ...filter, after: cursor, limit: limit + 1 });
      return page(found, limit, ({ id }) => id);
    },
  );

  api.get(
    '/api/v1/runs/:id',
    { schema: { tags, summary: 'One run', params: idParams, response: { 200: runSchema } } },
    async (request) => await showRun(context, request.params.id),
  );
}

function requestRoute(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/runs',
    {
      config: ONCE,
      schema: {
        tags,
        summary: 'Ask for a run; a worker carries it out. Location says where to look',
        body: runRequestSchema,
        response: { 202: requestedRunSchema },
      },
    },
    async (request, reply) => {
      const { recordKey, ...body } = request.body;
      if ((body.kind === 'record') !== (recordKey !== undefined)) throw recordOrNot(body.kind);
      const cause = { kind: 'operator', name: actorOf(callerOf(request)) } as const;
      const asked = await requestRun(context, {
        ...body,
        ...(recordKey === undefined ? {} : { recordKey }),
        cause,
      });
      return await reply.code(202).header('location', `/api/v1/runs/${asked.runId}`).send(asked);
    },
  );
}

function decideRoutes(api: Api, { context }: ApiFace): void {
  const body = z.strictObject({
    plan: z.string().max(200).optional().meta({ description: '`planHash` of the run as it was looked at.' }),
  });
  for (const [word, decide, summary] of [
    ['approve', approveRun, 'Let a held run carry out exactly the plan that was shown'],
    ['reject', rejectRun, 'End a held run; nothing of its plan is done'],
  ] as const)
    api.post(
      `/api/v1/runs/:id/${word}`,
      { schema: { tags, summary, params: idParams, body, response: { 200: runSchema } } },
      async (request) => {
        const { id } = request.params;
        const run = await showRun(context, id);
        if (request.body.plan !== undefined && request.body.plan !== run.planHash) throw otherPlan(id);
        await decide(context, { runId: id, actor: actorOf(callerOf(request)) });
        return await showRun(context, id);
      },
    );
}

function replayRoute(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/runs/:id/replay',
    {
      config: ONCE,
      schema: {
        tags,
        summary: 'Try the records again that a run could not use',
        params: idParams,
        response: { 202: requestedRunSchema },
      },
    },
    async (request, reply) => {
      const actor = actorOf(callerOf(request));
      const asked = await replayRun(context, { runId: request.params.id, actor });
      return await reply.code(202).header('location', `/api/v1/runs/${asked.runId}`).send(asked);
    },
  );
}

function recordOrNot(kind: string): AppError {
  const message = kind === 'record' ? 'is missing' : `does not go with a run of kind ${kind}`;
  return invalid('REQUEST_INVALID', 'The run cannot be asked for like this.', [
    { path: 'recordKey', code: 'VALUE_INVALID', message, remedy: 'It belongs to runs of kind record.' },
  ]);
}

function otherPlan(id: string): AppError {
  return new AppError({
    kind: 'stale',
    code: 'PLAN_CHANGED',
    message: `The plan of run ${id} is not the one that was looked at.`,
    remedy: 'Look at it again.',
  });
}
