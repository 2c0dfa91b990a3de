/** What an operator may do: `viewer` looks, `support` helps people, `admin` registers providers and decides. */
export const ROLES = ['viewer', 'support', 'admin'] as const;
export type OperatorRole = (typeof ROLES)[number];

/** What a token may be used for. `sign-in` is for applications that sign people in, and for nothing else. */
export const SCOPES = [
  'providers:read',
  'providers:write',
  'runs:read',
  'runs:write',
  'profiles:read',
  'profiles:write',
  'mail:read',
  'mail:write',
  'write-backs:read',
  'write-backs:write',
  'audit:read',
  'operators:read',
  'operators:write',
  'tokens:read',
  'tokens:write',
  'metrics',
  'sign-in',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Whoever has a token with one of these can let others in. Nothing gives them by itself: somebody names them. */
export const LETTING_IN: readonly Scope[] = ['operators:write', 'tokens:write'];

/** Whether `role` may do what asks for at least `least`. */
export function isAtLeast(role: OperatorRole, least: OperatorRole): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}

/** The least role that may make a token with a scope. A token never does more than its maker's role allows. */
const LEAST: Readonly<Partial<Record<Scope, OperatorRole>>> = {
  'providers:write': 'admin',
  'runs:write': 'support',
  'profiles:write': 'support',
  'mail:write': 'support',
  'write-backs:write': 'support',
  'audit:read': 'admin',
  'operators:read': 'admin',
  'operators:write': 'admin',
  'tokens:read': 'admin',
  'tokens:write': 'admin',
  'sign-in': 'admin',
};

export function mayGrant(role: OperatorRole, scope: Scope): boolean {
  return isAtLeast(role, LEAST[scope] ?? 'viewer');
}
