import {
  discoverySchema,
  pausedSchema,
  plannedSchema,
  previewedSchema,
  providerSchema,
  removedSchema,
  shownProviderSchema,
  testSchema,
  traceReportSchema,
} from '../../http/schemas/providers.ts';
import type { GivenDefinition, ProviderAsks } from '../asks/providers.ts';
import { shown, shownList, type About } from './about.ts';

/** Use cases are loaded one by one: a list must not wait for the language of expressions. */
export function directProviders({ context, actor }: About): ProviderAsks {
  return { ...reading({ context, actor }), ...looking({ context, actor }), ...changing({ context, actor }) };
}

function reading({ context }: About): Pick<ProviderAsks, 'list' | 'show' | 'traces'> {
  return {
    list: async () => {
      const { listProviders } = await import('../../app/providers/list-providers.ts');
      return shownList(providerSchema, await listProviders(context));
    },
    show: async (name) => {
      const { showProvider } = await import('../../app/providers/show-provider.ts');
      return shown(shownProviderSchema, await showProvider(context, name));
    },
    traces: async (name, signal) => {
      const { listTraces } = await import('../../app/providers/list-traces.ts');
      return shown(traceReportSchema, await listTraces(context, name, signal));
    },
  };
}

function looking({ context }: About): Pick<ProviderAsks, 'test' | 'discover' | 'preview' | 'grants'> {
  return {
    test: async (target, signal) => {
      const { testProvider } = await import('../../app/providers/test-provider.ts');
      return shown(testSchema, await testProvider(context, target, signal));
    },
    discover: async (target, signal) => {
      const { discoverProvider } = await import('../../app/providers/discover-provider.ts');
      return shown(discoverySchema, await discoverProvider(context, target, signal));
    },
    preview: async (target, limit, signal) => {
      const { previewProvider } = await import('../../app/providers/preview-provider.ts');
      return shownList(previewedSchema, await previewProvider(context, { target, limit, signal }));
    },
    grants: async (target) => {
      const { providerGrants } = await import('../../app/providers/provider-grants.ts');
      return await providerGrants(context, target);
    },
  };
}

function changing({
  context,
  actor,
}: About): Pick<ProviderAsks, 'plan' | 'apply' | 'makeKey' | 'pause' | 'resume' | 'remove'> {
  return {
    plan: async (given) => {
      const { planProviders } = await import('../../app/providers/apply-provider.ts');
      return shownList(plannedSchema, await planProviders(context, given.map(requestOf)));
    },
    apply: async (given) => {
      const { applyProviders } = await import('../../app/providers/apply-provider.ts');
      const requests = given.map(requestOf);
      return shownList(plannedSchema, await applyProviders(context, { requests, actor }));
    },
    makeKey: async (name) => {
      const { rotatePushKey } = await import('../../app/push/rotate-push-key.ts');
      const { key, rotated } = await rotatePushKey(context, { name, actor });
      const url = `${context.settings.publicUrl}/hooks/providers/${name}`;
      return { key: key.reveal(), rotated, url };
    },
    pause: async (name) => {
      const { pauseProvider } = await import('../../app/providers/pause-provider.ts');
      return shown(pausedSchema, { name, changed: await pauseProvider(context, { name, actor }) });
    },
    resume: async (name) => {
      const { resumeProvider } = await import('../../app/providers/pause-provider.ts');
      return shown(pausedSchema, { name, changed: await resumeProvider(context, { name, actor }) });
    },
    remove: async (name, people, signal) => {
      const { removeProvider } = await import('../../app/providers/remove-provider.ts');
      const removed = await removeProvider(context, { name, people, actor, signal });
      return shown(removedSchema, { name, people, ...removed });
    },
  };
}

function requestOf({
  definition,
  password,
}: GivenDefinition): Pick<GivenDefinition, 'definition' | 'password'> {
  return { definition, password };
}
