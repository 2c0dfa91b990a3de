import { Readable } from 'node:stream';
import {
  createdProfileSchema,
  endedSessionsSchema,
  fileLookSchema,
  importPreviewSchema,
  importReportSchema,
  listedProfileSchema,
  personSessionSchema,
  profileSchema,
  resendSchema,
  setProfileSchema,
  unlockedSchema,
} from '../../http/schemas/profiles.ts';
import { manyReportSchema } from '../../http/schemas/many.ts';
import { resyncSchema } from '../../http/schemas/runs.ts';
import type { ChosenColumns, ProfileAsks } from '../asks/profiles.ts';
import { notThroughTheApi } from './not-through-the-api.ts';
import type { Asked, Server } from './server.ts';

export function remoteProfiles(server: Server): ProfileAsks {
  return { ...reading(server), ...entering(server), ...importing(server), ...caring(server) };
}

function pathOf(who: string, rest = ''): string {
  return `/profiles/${encodeURIComponent(who)}${rest}`;
}

function reading(server: Server): Pick<ProfileAsks, 'list' | 'show' | 'sessions'> {
  return {
    list: (filter, { after, limit }) =>
      server.list(
        listedProfileSchema,
        { path: '/profiles', query: { ...filter, sort: 'username', cursor: after } },
        limit,
      ),
    show: (who) => server.ask(profileSchema, { path: pathOf(who) }),
    sessions: (who) => server.items(personSessionSchema, { path: pathOf(who, '/sessions') }),
  };
}

function entering(server: Server): Pick<ProfileAsks, 'create' | 'set'> {
  return {
    create: async ({ temporaryPassword, ...body }) => {
      if (temporaryPassword !== null)
        throw notThroughTheApi('A temporary password', 'Use --pre-registration, or a CSV file.');
      return await server.ask(createdProfileSchema, { method: 'POST', path: '/profiles', body });
    },
    set: (who, changes) =>
      server.ask(setProfileSchema, { method: 'PATCH', path: pathOf(who), body: { changes } }),
  };
}

function importing(server: Server): Pick<ProfileAsks, 'lookAtFile' | 'checkImport' | 'importFile'> {
  const sent = (path: string, file: Readable, query: Asked['query'] = {}): Asked => ({
    method: 'POST',
    path,
    query,
    file: { type: 'text/csv', stream: Readable.toWeb(file) as ReadableStream },
  });
  const written = (columns: ChosenColumns): string | undefined => columns && JSON.stringify(columns);
  return {
    lookAtFile: (beginning) => server.ask(fileLookSchema, sent('/imports/columns', beginning)),
    checkImport: (file, columns) =>
      server.ask(importPreviewSchema, sent('/imports/preview', file, { columns: written(columns) })),
    importFile: (file, { columns, ...how }) =>
      server.ask(importReportSchema, sent('/imports', file, { ...how, columns: written(columns) })),
  };
}

function caring(
  server: Server,
): Pick<ProfileAsks, 'forceReset' | 'resend' | 'resync' | 'endSessions' | 'unlock'> {
  const post = (who: string, verb: string): Asked => ({ method: 'POST', path: pathOf(who, verb), body: {} });
  return {
    forceReset: ({ people, ...about }) =>
      server.ask(manyReportSchema, {
        method: 'POST',
        path: '/profiles/force-reset',
        body: { ...people, ...about },
      }),
    resend: (who) => server.ask(resendSchema, post(who, '/resend')),
    resync: (who, signal) => server.ask(resyncSchema, { ...post(who, '/resync'), signal }),
    endSessions: (who) =>
      server.ask(endedSessionsSchema, { method: 'DELETE', path: pathOf(who, '/sessions') }),
    unlock: (who) => server.ask(unlockedSchema, post(who, '/unlock')),
  };
}
