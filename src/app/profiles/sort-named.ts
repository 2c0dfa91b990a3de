import type { Registrable } from '../../store/mail/find-registrable.ts';

/**
 * Why somebody of those named was left out.
 *
 * - `queued`: an e-mail is on its way already; it goes out now instead of at its next attempt.
 * - `held`: an operator holds the invitation back; it waits to be released.
 * - `not-queued`, `not-held`: there is nothing to hold, or to release.
 * - `under-way`: the e-mail is being sent at this moment.
 */
export type SkipReason =
  | 'queued'
  | 'held'
  | 'not-queued'
  | 'not-held'
  | 'under-way'
  | 'not-pre-registered'
  | 'disabled'
  | 'no-email'
  | 'not-found'
  | 'no-password'
  | 'as-asked';

export interface Skipped {
  readonly profileId: string;
  readonly reason: SkipReason;
}

/** People who were named, sorted into those it concerns and the others, in the order they were named. */
export function sortNamed<T extends { readonly profileId: string }>(
  profileIds: readonly string[],
  found: readonly T[],
  judge: (person: T) => SkipReason | null,
): { readonly concerned: readonly T[]; readonly skipped: readonly Skipped[] } {
  const people = new Map(found.map((person) => [person.profileId, person]));
  const concerned: T[] = [];
  const skipped: Skipped[] = [];
  for (const profileId of new Set(profileIds)) {
    const person = people.get(profileId);
    const reason = person === undefined ? 'not-found' : judge(person);
    if (person !== undefined && reason === null) concerned.push(person);
    else skipped.push({ profileId, reason: reason ?? 'not-found' });
  }
  return { concerned, skipped };
}

/** Why a person can be sent no registration e-mail; null when they can. */
export function unregistrable(person: Registrable): SkipReason | null {
  if (!person.enabled) return 'disabled';
  if (!person.preRegistration) return 'not-pre-registered';
  return person.email === null ? 'no-email' : null;
}

/** What doing something to many people came to. */
export interface ManyResult {
  /** The profiles of those whom it concerned. */
  readonly done: readonly string[];
  readonly skipped: readonly Skipped[];
  /** When the last e-mail goes out; null when none does. */
  readonly until: Date | null;
}

export const idsOf = (people: readonly { readonly profileId: string }[]): readonly string[] =>
  people.map(({ profileId }) => profileId);
