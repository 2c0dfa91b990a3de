import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type ErrorComponentProps,
} from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queryClient } from './api/query-client.ts';
import { meQuery } from './session/queries.ts';
import { SignInScreen } from './session/sign-in-screen.tsx';
import { NotFound } from './shell/not-found.tsx';
import { ProblemAlert } from './shell/problem-alert.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRouteWithContext<{ readonly queries: QueryClient }>()();

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
  },
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/account' });
  },
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

function Failed({ error }: ErrorComponentProps): ReactNode {
  return <ProblemAlert error={error} />;
}

export const router = createRouter({
  routeTree: root.addChildren([signIn, setUp, inside.addChildren([home, account, operators, tokens])]),
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
