import type { OperatorRole, Scope } from '../../domain/operators/scopes.ts';

/** Who may call one route. */
export type Row =
  /** An operator of at least this role; with a token, one that has the scope. */
  | { readonly least: OperatorRole; readonly scope: Scope }
  /**
   * An operator of at least this role, in the console: no token does. With `before`, also while a second factor that the
   * installation asks for has yet to be set up.
   */
  | { readonly least: OperatorRole; readonly scope: null; readonly before?: true }
  /** A token with this scope; no operator's role is enough. */
  | { readonly application: Scope }
  /** Everybody, without credentials. */
  | 'anyone';

/**
 * Who may, for every route under /api: a route without a row does not register,
 * and a test tries each row as everybody. HEAD goes with GET.
 */
export const WHO_MAY: Readonly<Record<string, Row>> = {
  'POST /api/v1/sign-in': { application: 'sign-in' },
  'POST /api/v1/sign-in/password': { application: 'sign-in' },
  'POST /api/v1/session': 'anyone',
  'DELETE /api/v1/session': { least: 'viewer', scope: null, before: true },
  'POST /api/v1/set-up/check': 'anyone',
  'POST /api/v1/set-up': 'anyone',

  'GET /api/v1/me': { least: 'viewer', scope: null, before: true },
  'PUT /api/v1/me/email': { least: 'viewer', scope: null },
  'PUT /api/v1/me/password': { least: 'viewer', scope: null, before: true },
  'GET /api/v1/me/sessions': { least: 'viewer', scope: null, before: true },
  'DELETE /api/v1/me/sessions/:id': { least: 'viewer', scope: null, before: true },
  'POST /api/v1/me/second-factor': { least: 'viewer', scope: null, before: true },
  'POST /api/v1/me/second-factor/confirm': { least: 'viewer', scope: null, before: true },
  'POST /api/v1/me/second-factor/recovery-codes': { least: 'viewer', scope: null },
  'POST /api/v1/me/second-factor/remove': { least: 'viewer', scope: null },

  'GET /api/v1/providers': { least: 'viewer', scope: 'providers:read' },
  'GET /api/v1/providers/:name': { least: 'viewer', scope: 'providers:read' },
  'PUT /api/v1/providers/:name': { least: 'admin', scope: 'providers:write' },
  'DELETE /api/v1/providers/:name': { least: 'admin', scope: 'providers:write' },
  'POST /api/v1/providers/:name/pause': { least: 'admin', scope: 'providers:write' },
  'POST /api/v1/providers/:name/resume': { least: 'admin', scope: 'providers:write' },
  'POST /api/v1/providers/:name/test': { least: 'support', scope: 'providers:read' },
  'POST /api/v1/providers/:name/discover': { least: 'admin', scope: 'providers:write' },
  'POST /api/v1/providers/:name/preview': { least: 'admin', scope: 'providers:write' },
  'GET /api/v1/providers/:name/grants': { least: 'admin', scope: 'providers:read' },
  'GET /api/v1/providers/:name/traces': { least: 'admin', scope: 'providers:read' },
  'POST /api/v1/providers/:name/key': { least: 'admin', scope: 'providers:write' },
  'GET /api/v1/templates': { least: 'viewer', scope: 'providers:read' },
  'GET /api/v1/password-formats': { least: 'viewer', scope: 'providers:read' },
  'GET /api/v1/schedules/next': { least: 'viewer', scope: 'providers:read' },
  'POST /api/v1/providers/:name/resync': { least: 'support', scope: 'runs:write' },
  'POST /api/v1/definitions': { least: 'admin', scope: 'providers:write' },
  'POST /api/v1/definitions/plan': { least: 'admin', scope: 'providers:write' },
  'POST /api/v1/drafts/check': { least: 'admin', scope: 'providers:write' },
  'POST /api/v1/drafts/plan': { least: 'admin', scope: 'providers:write' },
  'POST /api/v1/drafts/test': { least: 'admin', scope: 'providers:write' },
  'POST /api/v1/drafts/discover': { least: 'admin', scope: 'providers:write' },
  'POST /api/v1/drafts/describe-query': { least: 'admin', scope: 'providers:write' },
  'POST /api/v1/drafts/preview': { least: 'admin', scope: 'providers:write' },
  'POST /api/v1/drafts/grants': { least: 'admin', scope: 'providers:write' },

  'GET /api/v1/overview': { least: 'viewer', scope: 'runs:read' },

  'GET /api/v1/runs': { least: 'viewer', scope: 'runs:read' },
  'POST /api/v1/runs': { least: 'support', scope: 'runs:write' },
  'GET /api/v1/runs/events': { least: 'viewer', scope: 'runs:read' },
  'GET /api/v1/runs/:id': { least: 'viewer', scope: 'runs:read' },
  'GET /api/v1/runs/:id/outcomes': { least: 'viewer', scope: 'runs:read' },
  'GET /api/v1/runs/:id/records': { least: 'viewer', scope: 'runs:read' },
  'GET /api/v1/runs/:id/errors': { least: 'viewer', scope: 'runs:read' },
  'GET /api/v1/runs/:id/events': { least: 'viewer', scope: 'runs:read' },
  'POST /api/v1/runs/:id/approve': { least: 'admin', scope: 'runs:write' },
  'POST /api/v1/runs/:id/reject': { least: 'admin', scope: 'runs:write' },
  'POST /api/v1/runs/:id/replay': { least: 'support', scope: 'runs:write' },

  'GET /api/v1/profiles': { least: 'viewer', scope: 'profiles:read' },
  'POST /api/v1/profiles': { least: 'admin', scope: 'profiles:write' },
  'POST /api/v1/profiles/force-reset': { least: 'support', scope: 'profiles:write' },
  'GET /api/v1/profiles/:who': { least: 'viewer', scope: 'profiles:read' },
  'PATCH /api/v1/profiles/:who': { least: 'support', scope: 'profiles:write' },
  'GET /api/v1/profiles/:who/timeline': { least: 'viewer', scope: 'profiles:read' },
  'GET /api/v1/profiles/:who/sessions': { least: 'support', scope: 'profiles:read' },
  'DELETE /api/v1/profiles/:who/sessions': { least: 'support', scope: 'profiles:write' },
  'POST /api/v1/profiles/:who/unlock': { least: 'support', scope: 'profiles:write' },
  'POST /api/v1/profiles/:who/resync': { least: 'support', scope: 'profiles:write' },
  'POST /api/v1/profiles/:who/resend': { least: 'support', scope: 'mail:write' },
  'POST /api/v1/imports/columns': { least: 'admin', scope: 'profiles:write' },
  'POST /api/v1/imports/preview': { least: 'admin', scope: 'profiles:write' },
  'POST /api/v1/imports': { least: 'admin', scope: 'profiles:write' },

  'GET /api/v1/write-backs': { least: 'viewer', scope: 'write-backs:read' },
  'POST /api/v1/write-backs/retry': { least: 'support', scope: 'write-backs:write' },
  'POST /api/v1/write-backs/settle': { least: 'admin', scope: 'write-backs:write' },

  'GET /api/v1/work': { least: 'viewer', scope: 'runs:read' },
  'GET /api/v1/work/waiting': { least: 'viewer', scope: 'runs:read' },
  'POST /api/v1/work/retry': { least: 'support', scope: 'runs:write' },

  'GET /api/v1/emails': { least: 'viewer', scope: 'mail:read' },
  'POST /api/v1/emails/retry': { least: 'support', scope: 'mail:write' },
  'POST /api/v1/emails/resend': { least: 'support', scope: 'mail:write' },
  'POST /api/v1/emails/hold': { least: 'support', scope: 'mail:write' },
  'POST /api/v1/emails/release': { least: 'support', scope: 'mail:write' },
  'GET /api/v1/email-templates': { least: 'viewer', scope: 'mail:read' },
  'GET /api/v1/email-templates/:kind/:language': { least: 'viewer', scope: 'mail:read' },
  'GET /api/v1/email-templates/:kind/:language/html': { least: 'viewer', scope: 'mail:read' },
  'POST /api/v1/email-templates/:kind/:language/test': { least: 'support', scope: null },

  'GET /api/v1/exports/profiles': { least: 'support', scope: 'profiles:read' },
  'GET /api/v1/exports/runs/:id/records': { least: 'viewer', scope: 'runs:read' },
  'GET /api/v1/exports/runs/:id/errors': { least: 'viewer', scope: 'runs:read' },
  'GET /api/v1/exports/audit': { least: 'admin', scope: 'audit:read' },

  'GET /api/v1/audit': { least: 'admin', scope: 'audit:read' },
  'POST /api/v1/audit/verify': { least: 'admin', scope: 'audit:read' },

  'GET /api/v1/installation': { least: 'admin', scope: 'operators:read' },
  'POST /api/v1/installation/checks': { least: 'admin', scope: 'operators:read' },

  'GET /api/v1/operators': { least: 'admin', scope: 'operators:read' },
  'GET /api/v1/operators/:id': { least: 'admin', scope: 'operators:read' },
  'POST /api/v1/operators': { least: 'admin', scope: 'operators:write' },
  'PATCH /api/v1/operators/:id': { least: 'admin', scope: 'operators:write' },
  'POST /api/v1/operators/:id/link': { least: 'admin', scope: 'operators:write' },
  'GET /api/v1/operators/:id/sessions': { least: 'admin', scope: 'operators:read' },
  'DELETE /api/v1/operators/:id/sessions': { least: 'admin', scope: 'operators:write' },
  'DELETE /api/v1/operators/:id/sessions/:sessionId': { least: 'admin', scope: 'operators:write' },

  'GET /api/v1/tokens': { least: 'viewer', scope: 'tokens:read' },
  'POST /api/v1/tokens': { least: 'viewer', scope: 'tokens:write' },
  'DELETE /api/v1/tokens/:id': { least: 'viewer', scope: 'tokens:write' },
};
