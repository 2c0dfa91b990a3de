import { z } from 'zod';
import { actorOf } from '../../app/operators/caller.ts';
import { createProfile } from '../../app/profiles/create-profile.ts';
import { openProfile } from '../../app/profiles/open-profile.ts';
import { searchProfiles } from '../../app/profiles/search-profiles.ts';
import { setProfile } from '../../app/profiles/set-profile.ts';
import { ONCE } from '../api/carry-out-once.ts';
import { flagQuery, idCursor, limitQuery, page, pageOf } from '../api/paging.ts';
import { shownTo } from '../api/shown-to.ts';
import { callerOf, whoParams, type Api, type ApiFace } from '../api/types.ts';
import {
  createdProfileSchema,
  invitationSchema,
  listedProfileSchema,
  profileChangesSchema,
  profileRequestSchema,
  profileSchema,
  setProfileSchema,
} from '../schemas/profiles.ts';

const tags = ['Profiles'];

/** What people are filtered by, in lists and exports. */
export const profileFilter = {
  provider: z.string().max(63).optional(),
  state: z.enum(['active', 'disabled']).optional(),
  forceReset: flagQuery,
  preRegistration: flagQuery,
  undeliverable: flagQuery,
  invitation: invitationSchema.optional(),
  text: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'Beginnings of names, of a username or an address.' }),
  recordKey: z.string().max(2_000).optional(),
};

export function profileRoutes(api: Api, face: ApiFace): void {
  readRoutes(api, face);
  writeRoutes(api, face);
}

function readRoutes(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/profiles',
    {
      schema: {
        tags,
        summary: 'People',
        querystring: z.strictObject({
          ...profileFilter,
          sort: z.enum(['username', 'newest']).default('username'),
          limit: limitQuery,
          cursor: idCursor,
        }),
        response: { 200: pageOf(listedProfileSchema) },
      },
    },
    async (request) => {
      const { limit, cursor, ...query } = request.query;
      const found = await searchProfiles(context, { ...query, after: cursor, limit: limit + 1 });
      return shownTo(
        request,
        page(found, limit, ({ id }) => id),
      );
    },
  );

  api.get(
    '/api/v1/profiles/:who',
    {
      schema: {
        tags,
        summary: 'One person, by id, username or address',
        description:
          'Support sees addresses here, and the audit log says who opened whom. Viewers see them masked.',
        params: whoParams,
        response: { 200: profileSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const profile = await openProfile(context, { who: request.params.who, caller });
      return caller.role === 'viewer' ? shownTo(request, profile) : profile;
    },
  );
}

function writeRoutes(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/profiles',
    {
      config: ONCE,
      schema: {
        tags,
        summary: 'Enter somebody who has no provider',
        body: profileRequestSchema,
        response: { 201: createdProfileSchema },
      },
    },
    async (request, reply) => {
      const { fields, preRegistration, forceReset } = request.body;
      const person = { given: fields, forceReset, preRegistration, temporaryPassword: null };
      const made = await createProfile(context, { ...person, actor: actorOf(callerOf(request)) });
      return await reply.code(201).header('location', `/api/v1/profiles/${made.id}`).send(made);
    },
  );

  api.patch(
    '/api/v1/profiles/:who',
    {
      schema: {
        tags,
        summary: 'Change flags, or fields that no provider owns',
        params: whoParams,
        body: profileChangesSchema,
        response: { 200: setProfileSchema },
      },
    },
    async (request) => {
      const given = Object.entries(request.body.changes);
      const changes = Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
      const actor = actorOf(callerOf(request));
      return shownTo(request, await setProfile(context, { who: request.params.who, changes, actor }));
    },
  );
}
