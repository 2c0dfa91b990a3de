import { meRoutes } from '../operators/me-routes.ts';
import { operatorRoutes } from '../operators/operator-routes.ts';
import { sessionRoutes, setUpRoutes } from '../operators/session-routes.ts';
import { tokenRoutes } from '../operators/token-routes.ts';
import type { Api, ApiFace } from './types.ts';

/** Everything the API can do, room by room. */
export const ROUTES: readonly ((api: Api, face: ApiFace) => void)[] = [
  sessionRoutes,
  setUpRoutes,
  meRoutes,
  operatorRoutes,
  tokenRoutes,
];
