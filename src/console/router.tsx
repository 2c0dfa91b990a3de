import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import { queryClient } from './api/query-client.ts';
import { readEmailFilter } from './mail/read-filter.ts';
import { TABS, type ProviderTab } from './providers/page/tabs.ts';
import { STEP_IDS, type StepId } from './providers/wizard/steps.ts';
import { readPeopleFilter } from './profiles/read-filter.ts';
import { readAuditFilter } from './audit/read-filter.ts';
import { readOverviewSearch } from './overview/read-search.ts';
import { readRunFilter, readRunView } from './runs/read-filter.ts';
import type { WriteBack } from './passwords/queries.ts';
import { meQuery } from './session/queries.ts';
import { readWorkFilter } from './work/read-filter.ts';
import { SignInScreen } from './session/sign-in-screen.tsx';
import { Failed } from './shell/failed.tsx';
import { NotFound } from './shell/not-found.tsx';
import { Everything } from './shell/everything.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRouteWithContext<{ readonly queries: QueryClient }>()({ component: Everything });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  // Only places in here: what begins with two slashes is an address elsewhere.
  validateSearch: ({ to }: Record<string, unknown>): { to?: string } =>
    typeof to === 'string' && /^\/(?!\/)/.test(to) ? { to } : {},
  component: SignInScreen,
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up',
  component: lazyRouteComponent(() => import('./session/set-up-screen.tsx'), 'SetUpScreen'),
});

const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const me = await context.queries.query(meQuery);
    if (me === null) throw redirect({ to: '/sign-in', search: { to: location.href } });
    // Nothing else is open to whoever has yet to set up the second factor that is asked for.
    if (me.secondFactorNeeded && !me.secondFactor && location.pathname !== '/account')
      throw redirect({ to: '/account' });
  },
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  validateSearch: readOverviewSearch,
  component: lazyRouteComponent(() => import('./overview/overview-screen.tsx'), 'OverviewScreen'),
});

const providers = createRoute({
  getParentRoute: () => inside,
  path: '/providers',
  component: lazyRouteComponent(() => import('./providers/providers-screen.tsx'), 'ProvidersScreen'),
});

const provider = createRoute({
  getParentRoute: () => inside,
  path: '/providers/$name',
  validateSearch: ({ tab }: Record<string, unknown>): { tab?: ProviderTab } => {
    const known = TABS.find(({ value }) => value === tab);
    return known === undefined ? {} : { tab: known.value };
  },
  component: lazyRouteComponent(() => import('./providers/provider-screen.tsx'), 'ProviderScreen'),
});

const register = createRoute({
  getParentRoute: () => inside,
  path: '/register',
  validateSearch: ({ step }: Record<string, unknown>): { step?: StepId } => {
    const known = STEP_IDS.find((id) => id === step);
    return known === undefined ? {} : { step: known };
  },
  component: lazyRouteComponent(() => import('./providers/wizard/register-screen.tsx'), 'RegisterScreen'),
});

const runs = createRoute({
  getParentRoute: () => inside,
  path: '/runs',
  validateSearch: readRunFilter,
  component: lazyRouteComponent(() => import('./runs/runs-screen.tsx'), 'RunsScreen'),
});

const run = createRoute({
  getParentRoute: () => inside,
  path: '/runs/$id',
  validateSearch: readRunView,
  component: lazyRouteComponent(() => import('./runs/run-screen.tsx'), 'RunScreen'),
});

const people = createRoute({
  getParentRoute: () => inside,
  path: '/people',
  validateSearch: readPeopleFilter,
  component: lazyRouteComponent(() => import('./profiles/people-screen.tsx'), 'PeopleScreen'),
});

const newPerson = createRoute({
  getParentRoute: () => inside,
  path: '/people/new',
  component: lazyRouteComponent(() => import('./profiles/new-person-screen.tsx'), 'NewPersonScreen'),
});

const importPeople = createRoute({
  getParentRoute: () => inside,
  path: '/people/import',
  component: lazyRouteComponent(() => import('./profiles/import-screen.tsx'), 'ImportScreen'),
});

const person = createRoute({
  getParentRoute: () => inside,
  path: '/people/$who',
  component: lazyRouteComponent(() => import('./profiles/person-screen.tsx'), 'PersonScreen'),
});

const mail = createRoute({
  getParentRoute: () => inside,
  path: '/mail',
  validateSearch: readEmailFilter,
  component: lazyRouteComponent(() => import('./mail/mail-screen.tsx'), 'MailScreen'),
});

const templates = createRoute({
  getParentRoute: () => inside,
  path: '/mail/templates',
  component: lazyRouteComponent(() => import('./mail/templates-screen.tsx'), 'TemplatesScreen'),
});

const work = createRoute({
  getParentRoute: () => inside,
  path: '/work',
  validateSearch: readWorkFilter,
  component: lazyRouteComponent(() => import('./work/work-screen.tsx'), 'WorkScreen'),
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings-screen.tsx'), 'SettingsScreen'),
});

const writeBacks = createRoute({
  getParentRoute: () => inside,
  path: '/write-backs',
  validateSearch: ({ state }: Record<string, unknown>): { state?: WriteBack['state'] } =>
    typeof state === 'string' ? { state: state as WriteBack['state'] } : {},
  component: lazyRouteComponent(() => import('./passwords/write-backs-screen.tsx'), 'WriteBacksScreen'),
});

const audit = createRoute({
  getParentRoute: () => inside,
  path: '/audit',
  validateSearch: readAuditFilter,
  component: lazyRouteComponent(() => import('./audit/audit-screen.tsx'), 'AuditScreen'),
});

const account = createRoute({
  getParentRoute: () => inside,
  path: '/account',
  component: lazyRouteComponent(() => import('./account/account-screen.tsx'), 'AccountScreen'),
});

const operators = createRoute({
  getParentRoute: () => inside,
  path: '/operators',
  component: lazyRouteComponent(() => import('./operators/operators-screen.tsx'), 'OperatorsScreen'),
});

const tokens = createRoute({
  getParentRoute: () => inside,
  path: '/tokens',
  component: lazyRouteComponent(() => import('./tokens/tokens-screen.tsx'), 'TokensScreen'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    setUp,
    inside.addChildren([
      home,
      providers,
      provider,
      register,
      runs,
      run,
      people,
      newPerson,
      importPeople,
      person,
      mail,
      templates,
      work,
      writeBacks,
      audit,
      settings,
      account,
      operators,
      tokens,
    ]),
  ]),
  basepath: '/console',
  context: { queries: queryClient },
  defaultErrorComponent: Failed,
  defaultNotFoundComponent: NotFound,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
