import { holdInvitations } from '../../app/mail/hold-invitations.ts';
import { releaseInvitations } from '../../app/mail/release-invitations.ts';
import { resendRegistration } from '../../app/mail/resend-registration.ts';
import { doToMany, type People } from '../../app/profiles/do-to-many.ts';
import { forceResets } from '../../app/profiles/force-resets.ts';
import { actorOf, type Caller } from '../../app/operators/caller.ts';
import { ONCE } from '../api/carry-out-once.ts';
import { callerOf, type Api, type ApiFace } from '../api/types.ts';
import { holdManySchema, mailToManySchema, manyReportSchema, resetManySchema } from '../schemas/many.ts';

const response = { 200: manyReportSchema };
const mail = { tags: ['E-mail'], response };

/** What is done to many people at once: by their ids, or to everybody whom a filter describes. */
export function manyRoutes(api: Api, face: ApiFace): void {
  resendRoute(api, face);
  holdRoutes(api, face);
  resetRoute(api, face);
}

function resendRoute(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/emails/resend',
    {
      config: ONCE,
      schema: {
        ...mail,
        summary: 'New links for people who wait for a first password',
        body: mailToManySchema,
      },
    },
    async (request) => {
      const about = { ...paceOf(request.body), cause: causeOf(callerOf(request)) };
      return await doToMany(
        context,
        peopleOf(request.body),
        async (profileIds) => await resendRegistration(context, { ...about, profileIds }),
      );
    },
  );
}

function holdRoutes(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/emails/hold',
    {
      config: ONCE,
      schema: { ...mail, summary: 'Hold back invitations that have not gone out', body: holdManySchema },
    },
    async (request) => {
      const about = { dryRun: request.body.dryRun, cause: causeOf(callerOf(request)) };
      return await doToMany(
        context,
        peopleOf(request.body),
        async (profileIds) => await holdInvitations(context, { ...about, profileIds }),
      );
    },
  );

  api.post(
    '/api/v1/emails/release',
    {
      config: ONCE,
      schema: { ...mail, summary: 'Send invitations that were held back', body: mailToManySchema },
    },
    async (request) => {
      const about = { ...paceOf(request.body), cause: causeOf(callerOf(request)) };
      return await doToMany(
        context,
        peopleOf(request.body),
        async (profileIds) => await releaseInvitations(context, { ...about, profileIds }),
      );
    },
  );
}

function resetRoute(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/profiles/force-reset',
    {
      config: ONCE,
      schema: {
        tags: ['Profiles'],
        summary: 'Have people choose a new password at their next sign-in, or no more',
        body: resetManySchema,
        response,
      },
    },
    async (request) => {
      const { on, dryRun } = request.body;
      const about = { on, dryRun, cause: causeOf(callerOf(request)) };
      return await doToMany(
        context,
        peopleOf(request.body),
        async (profileIds) => await forceResets(context, { ...about, profileIds }),
      );
    },
  );
}

interface Named {
  readonly ids?: readonly string[] | undefined;
  readonly filter?: Extract<People, { filter: unknown }>['filter'] | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

function peopleOf({ ids, filter = {}, after, limit }: Named): People {
  return ids === undefined ? { filter, after, limit } : { ids };
}

function paceOf(body: {
  readonly perHour?: number | undefined;
  readonly notBefore?: string | undefined;
  readonly dryRun: boolean;
}): { perHour: number | undefined; notBefore: Date | undefined; dryRun: boolean } {
  const { perHour, notBefore, dryRun } = body;
  return { perHour, notBefore: notBefore === undefined ? undefined : new Date(notBefore), dryRun };
}

function causeOf(caller: Caller): { readonly kind: 'operator'; readonly name: string } {
  return { kind: 'operator', name: actorOf(caller) };
}
