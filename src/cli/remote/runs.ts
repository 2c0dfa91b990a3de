import {
  requestedRunSchema,
  resyncSchema,
  runErrorSchema,
  runRecordSchema,
  runSchema,
} from '../../http/schemas/runs.ts';
import type { RunAsks } from '../asks/runs.ts';
import { followRun } from './follow-run.ts';
import type { Asked, Server } from './server.ts';
import { stretchQuery } from './stretch-query.ts';

export function remoteRuns(server: Server): RunAsks {
  return { ...reading(server), ...asking(server), follow: (id, signal) => followRun(server, id, signal) };
}

function pathOf(id: string, rest = ''): string {
  return `/runs/${encodeURIComponent(id)}${rest}`;
}

function reading(server: Server): Pick<RunAsks, 'list' | 'show' | 'records' | 'errors'> {
  return {
    list: ({ limit, ...about }) =>
      server.list(runSchema, { path: '/runs', query: stretchQuery(about) }, limit),
    show: (id) => server.ask(runSchema, { path: pathOf(id) }),
    records: (id) => server.pages(runRecordSchema, { path: pathOf(id, '/records') }),
    errors: (id) => server.pages(runErrorSchema, { path: pathOf(id, '/errors') }),
  };
}

function asking(server: Server): Pick<RunAsks, 'request' | 'resync' | 'approve' | 'reject' | 'replay'> {
  const post = (path: string, body: unknown = {}): Asked => ({ method: 'POST', path, body });
  return {
    request: (about) => server.ask(requestedRunSchema, post('/runs', about)),
    resync: (provider, recordKey, signal) =>
      server.ask(resyncSchema, {
        ...post(`/providers/${encodeURIComponent(provider)}/resync`, { recordKey }),
        signal,
      }),
    approve: (id) => server.tell(post(pathOf(id, '/approve'))),
    reject: (id) => server.tell(post(pathOf(id, '/reject'))),
    replay: (id) => server.ask(requestedRunSchema, post(pathOf(id, '/replay'))),
  };
}
