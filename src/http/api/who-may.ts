import type { OperatorRole, Scope } from '../../domain/operators/scopes.ts';

/** Who may call one route. */
export type Row =
  /** An operator of at least this role; with a token, one that has the scope. */
  | { readonly least: OperatorRole; readonly scope: Scope }
  /** An operator of at least this role, in the console: no token does. */
  | { readonly least: OperatorRole; readonly scope: null }
  /** A token with this scope; no operator's role is enough. */
  | { readonly application: Scope }
  /** Everybody, without credentials. */
  | 'anyone';

/**
 * Who may, for every route under /api: a route without a row does not register,
 * and a test tries each row as everybody. HEAD goes with GET.
 */
export const WHO_MAY: Readonly<Record<string, Row>> = {
  'POST /api/v1/session': 'anyone',
  'DELETE /api/v1/session': { least: 'viewer', scope: null },
  'POST /api/v1/set-up/check': 'anyone',
  'POST /api/v1/set-up': 'anyone',

  'GET /api/v1/me': { least: 'viewer', scope: null },
  'PUT /api/v1/me/password': { least: 'viewer', scope: null },
  'GET /api/v1/me/sessions': { least: 'viewer', scope: null },
  'DELETE /api/v1/me/sessions/:id': { least: 'viewer', scope: null },
  'POST /api/v1/me/second-factor': { least: 'viewer', scope: null },
  'POST /api/v1/me/second-factor/confirm': { least: 'viewer', scope: null },
  'POST /api/v1/me/second-factor/remove': { least: 'viewer', scope: null },

  'GET /api/v1/operators': { least: 'admin', scope: 'operators:read' },
  'GET /api/v1/operators/:id': { least: 'admin', scope: 'operators:read' },
  'POST /api/v1/operators': { least: 'admin', scope: null },
  'PATCH /api/v1/operators/:id': { least: 'admin', scope: null },
  'POST /api/v1/operators/:id/link': { least: 'admin', scope: null },
  'GET /api/v1/operators/:id/sessions': { least: 'admin', scope: 'operators:read' },
  'DELETE /api/v1/operators/:id/sessions': { least: 'admin', scope: null },

  'GET /api/v1/tokens': { least: 'viewer', scope: null },
  'POST /api/v1/tokens': { least: 'viewer', scope: null },
  'DELETE /api/v1/tokens/:id': { least: 'viewer', scope: null },
};
