import { z } from 'zod';
import { actorOf } from '../../app/operators/caller.ts';
import { resendRegistration } from '../../app/mail/resend-registration.ts';
import { endSessions } from '../../app/passwords/end-sessions.ts';
import { listSessions } from '../../app/passwords/list-sessions.ts';
import { unlockProfile } from '../../app/passwords/unlock-profile.ts';
import { findProfile } from '../../app/profiles/find-profile.ts';
import { findRecord } from '../../app/profiles/find-record.ts';
import { listTimeline } from '../../app/profiles/list-timeline.ts';
import { explainResync } from '../../app/runs/explain-resync.ts';
import { ONCE } from '../api/carry-out-once.ts';
import { DEAR } from '../api/limit-rates.ts';
import { limitQuery, numberCursor, page, pageOf } from '../api/paging.ts';
import { signalOf } from '../api/request-signal.ts';
import { shownTo } from '../api/shown-to.ts';
import { callerOf, whoParams, type Api, type ApiFace } from '../api/types.ts';
import { list } from '../schemas/shapes.ts';
import {
  endedSessionsSchema,
  personSessionSchema,
  resendSchema,
  timelineLineSchema,
  timelineTopicSchema,
  unlockedSchema,
} from '../schemas/profiles.ts';
import { resyncSchema } from '../schemas/runs.ts';

const tags = ['Profiles'];
const common = { tags, params: whoParams };

/** What support does for a person. */
export function careRoutes(api: Api, face: ApiFace): void {
  timelineRoute(api, face);
  resyncRoute(api, face);
  resendRoutes(api, face);
  accessRoutes(api, face);
}

function timelineRoute(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/profiles/:who/timeline',
    {
      schema: {
        ...common,
        summary: 'What happened to a person, newest first',
        querystring: z.strictObject({
          topic: timelineTopicSchema.optional(),
          limit: limitQuery,
          cursor: numberCursor,
        }),
        response: { 200: pageOf(timelineLineSchema) },
      },
    },
    async (request) => {
      const { limit, cursor, topic } = request.query;
      const { id } = await findProfile(context, request.params.who);
      const stretch = { profileId: id, before: cursor ?? null, topic: topic ?? null, limit: limit + 1 };
      const found = await listTimeline(context, stretch);
      return shownTo(
        request,
        page(found, limit, (line) => line.id),
      );
    },
  );
}

function resyncRoute(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/profiles/:who/resync',
    {
      config: DEAR,
      schema: {
        ...common,
        summary: 'Bring one person into step with their provider now, explained in five steps',
        response: { 200: resyncSchema },
      },
    },
    async (request, reply) => {
      const record = await findRecord(context, await findProfile(context, request.params.who));
      const cause = { kind: 'operator', name: actorOf(callerOf(request)) } as const;
      const report = await explainResync(context, { ...record, cause, signal: signalOf(reply) });
      return shownTo(request, report);
    },
  );
}

function resendRoutes(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/profiles/:who/resend',
    {
      config: ONCE,
      schema: { ...common, summary: 'Send a new registration link', response: { 200: resendSchema } },
    },
    async (request) => {
      const { id } = await findProfile(context, request.params.who);
      const cause = { kind: 'operator', name: actorOf(callerOf(request)) } as const;
      const { done, skipped } = await resendRegistration(context, { profileIds: [id], cause, heldToo: true });
      return { requested: done, skipped };
    },
  );
}

function accessRoutes(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/profiles/:who/sessions',
    {
      schema: {
        ...common,
        summary: 'Where a person is signed in',
        response: { 200: z.object({ items: list(personSessionSchema) }) },
      },
    },
    async (request) => ({ items: await listSessions(context, request.params.who) }),
  );

  api.delete(
    '/api/v1/profiles/:who/sessions',
    {
      schema: {
        ...common,
        summary: 'Sign a person out everywhere',
        response: { 200: endedSessionsSchema },
      },
    },
    async (request) => {
      const { ended } = await endSessions(context, request.params.who, actorOf(callerOf(request)));
      return { ended };
    },
  );

  api.post(
    '/api/v1/profiles/:who/unlock',
    {
      schema: {
        ...common,
        summary: 'Let a person who mistyped their password too often try again',
        response: { 200: unlockedSchema },
      },
    },
    async (request) => (await unlockProfile(context, request.params.who, actorOf(callerOf(request)))).before,
  );
}
