import { z } from 'zod';
import {
  discoverySchema,
  pausedSchema,
  plannedSchema,
  previewedSchema,
  providerSchema,
  pushKeySchema,
  removedSchema,
  shownProviderSchema,
  testSchema,
  traceReportSchema,
} from '../../http/schemas/providers.ts';
import type { GivenDefinition, ProviderAsks, Target } from '../asks/providers.ts';
import { RemoteError } from './remote-error.ts';
import type { Asked, Server } from './server.ts';

export function remoteProviders(server: Server): ProviderAsks {
  return { ...reading(server), ...looking(server), ...changing(server) };
}

function pathOf(name: string, verb = ''): string {
  return `/providers/${encodeURIComponent(name)}${verb}`;
}

function reading(server: Server): Pick<ProviderAsks, 'list' | 'show' | 'traces'> {
  return {
    list: () => server.items(providerSchema, { path: '/providers' }),
    show: (name) => server.ask(shownProviderSchema, { path: pathOf(name) }),
    traces: async (name, signal) => {
      try {
        return await server.ask(traceReportSchema, { path: pathOf(name, '/traces'), signal });
      } catch (error) {
        // The rest of a provider is shown to whoever may see it.
        if (!(error instanceof RemoteError) || error.status !== 403) throw error;
        return { traces: [], failure: { code: error.code, message: error.message } };
      }
    },
  };
}

function looking(server: Server): Pick<ProviderAsks, 'test' | 'discover' | 'preview' | 'grants'> {
  return {
    test: (target, signal) => server.ask(testSchema, { ...about(target, 'test'), signal }),
    discover: (target, signal) => server.ask(discoverySchema, { ...about(target, 'discover'), signal }),
    preview: (target, limit, signal) =>
      server.items(previewedSchema, { ...about(target, 'preview'), query: { limit }, signal }),
    grants: async (target) => {
      const asked = about(target, 'grants');
      const { sql } = await server.ask(
        z.object({ sql: z.string() }),
        'name' in target ? { path: asked.path } : asked,
      );
      return sql;
    },
  };
}

function about(target: Target, verb: string): Asked {
  if ('name' in target) return { method: 'POST', path: pathOf(target.name, `/${verb}`), body: {} };
  return { method: 'POST', path: `/drafts/${verb}`, body: documentOf(target) };
}

function changing(
  server: Server,
): Pick<ProviderAsks, 'plan' | 'apply' | 'makeKey' | 'pause' | 'resume' | 'remove'> {
  const post = (name: string, verb: string): Asked => ({
    method: 'POST',
    path: pathOf(name, verb),
    body: {},
  });
  return {
    plan: (given) => server.items(plannedSchema, definitions('/definitions/plan', given)),
    apply: (given) => server.items(plannedSchema, definitions('/definitions', given)),
    makeKey: (name) => server.ask(pushKeySchema, post(name, '/key')),
    pause: (name) => server.ask(pausedSchema, post(name, '/pause')),
    resume: (name) => server.ask(pausedSchema, post(name, '/resume')),
    remove: (name, people, signal) =>
      server.ask(removedSchema, {
        method: 'DELETE',
        path: pathOf(name),
        query: { people, confirm: name },
        signal,
      }),
  };
}

function definitions(path: string, given: readonly GivenDefinition[]): Asked {
  return { method: 'POST', path, body: { definitions: given.map(documentOf) } };
}

/** The document with its password: the only place where both are together, on their way to the API. */
function documentOf({ document, password }: GivenDefinition): unknown {
  if (password === null) return document;
  const connection = Object(document['connection']) as Record<string, unknown>;
  return { ...document, connection: { ...connection, password: password.reveal() } };
}
