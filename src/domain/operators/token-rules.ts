import { mayGrant, type OperatorRole, type Scope } from './scopes.ts';

/** Who makes a token, as far as that binds what is made. */
export interface TokenMaker {
  readonly role: OperatorRole;
  /** The token that makes it; null: an operator who is signed in. */
  readonly token: { readonly scopes: readonly Scope[]; readonly expiresAt: Date } | null;
}

/** Why a maker may not put a scope on a token: their role is too low, or the token that makes it lacks the scope. Null: they may. */
export function grantFault({ role, token }: TokenMaker, scope: Scope): 'role' | 'token' | null {
  if (token !== null && !token.scopes.includes(scope)) return 'token';
  return mayGrant(role, scope) ? null : 'role';
}

const DAY_MS = 86_400_000;

/** When a token ends: after its days, and no later than the token that makes it. @param maker null: the command line. */
export function tokenEnd(now: Date, days: number, maker: TokenMaker | null): Date {
  const asked = now.getTime() + days * DAY_MS;
  return new Date(Math.min(asked, maker?.token?.expiresAt.getTime() ?? asked));
}

/**
 * Why somebody may not have operators stay whom a token let in that is revoked: an admin who is signed in vouches for
 * them. A token that did may be the very one that let them in.
 */
export function keepFault(caller: {
  readonly kind: 'session' | 'token';
  readonly role: OperatorRole;
}): 'token' | 'role' | null {
  if (caller.kind === 'token') return 'token';
  return caller.role === 'admin' ? null : 'role';
}

/** Somebody who chose their password by a link that a token made. */
export interface LetIn {
  readonly id: string;
  /** An admin who can sign in. */
  readonly isAdmin: boolean;
}

/**
 * Who is disabled when the token that let them in is revoked.
 *
 * @param otherAdmins how many admins besides these can sign in; when it is 0, those who are admins stay.
 */
export function endingWithToken<T extends LetIn>(
  letIn: readonly T[],
  otherAdmins: number,
): { readonly disabled: readonly T[]; readonly kept: readonly T[] } {
  const stays = ({ isAdmin }: T): boolean => isAdmin && otherAdmins === 0;
  return { disabled: letIn.filter((each) => !stays(each)), kept: letIn.filter(stays) };
}
