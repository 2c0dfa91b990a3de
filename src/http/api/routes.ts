import { exportRoutes } from '../exports/export-routes.ts';
import { installationRoutes } from '../installation/installation-routes.ts';
import { emailRoutes } from '../mail/email-routes.ts';
import { templateRoutes } from '../mail/template-routes.ts';
import { auditRoutes } from '../operators/audit-routes.ts';
import { meRoutes } from '../operators/me-routes.ts';
import { operatorRoutes } from '../operators/operator-routes.ts';
import { sessionRoutes, setUpRoutes } from '../operators/session-routes.ts';
import { tokenRoutes } from '../operators/token-routes.ts';
import { workRoutes } from '../outbox/work-routes.ts';
import { overviewRoutes } from '../overview/overview-routes.ts';
import { signInRoutes } from '../passwords/sign-in-routes.ts';
import { settleRoute, writeBackRoutes } from '../passwords/write-back-routes.ts';
import { careRoutes } from '../profiles/care-routes.ts';
import { importRoutes } from '../profiles/import-routes.ts';
import { manyRoutes } from '../profiles/many-routes.ts';
import { profileRoutes } from '../profiles/profile-routes.ts';
import { applyRoutes } from '../providers/apply-routes.ts';
import { choiceRoutes, scheduleRoute } from '../providers/choice-routes.ts';
import { definitionsRoutes } from '../providers/definitions-routes.ts';
import { draftLookRoutes, draftOutcomeRoutes, draftRoutes, planRoute } from '../providers/draft-routes.ts';
import { keyRoute } from '../providers/key-route.ts';
import { lookRoutes, testRoute, traceRoutes } from '../providers/look-routes.ts';
import { providerRoutes } from '../providers/provider-routes.ts';
import { eventRoutes } from '../runs/event-routes.ts';
import { outcomeRoutes } from '../runs/outcome-routes.ts';
import { resyncRoutes } from '../runs/resync-routes.ts';
import { runRoutes } from '../runs/run-routes.ts';
import type { Api, ApiFace } from './types.ts';

/** Everything the API can do, room by room. */
export const ROUTES: readonly ((api: Api, face: ApiFace) => void)[] = [
  sessionRoutes,
  setUpRoutes,
  meRoutes,
  providerRoutes,
  applyRoutes,
  testRoute,
  lookRoutes,
  traceRoutes,
  definitionsRoutes,
  draftRoutes,
  planRoute,
  draftLookRoutes,
  draftOutcomeRoutes,
  keyRoute,
  choiceRoutes,
  scheduleRoute,
  overviewRoutes,
  runRoutes,
  outcomeRoutes,
  eventRoutes,
  resyncRoutes,
  profileRoutes,
  careRoutes,
  manyRoutes,
  importRoutes,
  writeBackRoutes,
  settleRoute,
  workRoutes,
  emailRoutes,
  templateRoutes,
  exportRoutes,
  auditRoutes,
  installationRoutes,
  operatorRoutes,
  tokenRoutes,
  signInRoutes,
];
