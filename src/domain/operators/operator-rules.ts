/** A change of an operator, as far as it may be refused. */
export interface ChangeAsked {
  /** Who asks: an operator, or the one who made the token that asks; null: the command line, or a token made there. */
  readonly asker: string | null;
  readonly target: string;
  /** The target is an admin who can sign in. */
  readonly isAdmin: boolean;
  /** And still is, after the change. */
  readonly remains: boolean;
  /** How many others are. */
  readonly otherAdmins: number;
}

/** Why a role or state is not changed: nobody changes their own, nor does a token its maker's; and one admin can always sign in. */
export function changeFault(change: ChangeAsked): 'own' | 'last-admin' | null {
  if (isOwn(change.asker, change.target)) return 'own';
  return change.isAdmin && !change.remains && change.otherAdmins === 0 ? 'last-admin' : null;
}

/**
 * Whether somebody asks about themselves. They send themselves no link either: what changes how one gets in oneself
 * takes the present password, which nobody has shown who found an open screen or a token.
 */
export function isOwn(asker: string | null, target: string): boolean {
  return asker === target;
}
