import type { AppContext } from '../context.ts';
import { searchProfiles, type ProfileQuery } from './search-profiles.ts';
import type { ManyResult, SkipReason } from './sort-named.ts';

/** Whom something is done to: people by their ids, or everybody whom a filter describes, by username. */
export type People =
  | { readonly ids: readonly string[] }
  | {
      readonly filter: Omit<ProfileQuery, 'sort' | 'limit' | 'after' | 'complete'>;
      /** The id after which to go on. */
      readonly after?: string | undefined;
      /** At most so many are looked at; absent for all. */
      readonly limit?: number | undefined;
    };

export interface ManyReport {
  /** How many it concerned, and how many it did not. */
  readonly done: number;
  readonly skipped: number;
  /** How many were left out, by reason. */
  readonly reasons: Readonly<Partial<Record<SkipReason, number>>>;
  /** When the last e-mail goes out; null when none does. */
  readonly until: Date | null;
  /** The id to go on after; null when nobody is left. */
  readonly next: string | null;
  /** Of those it concerned, where a list of ids or a limit bounds them. */
  readonly ids: readonly string[];
}

const PAGE = 1_000;

/**
 * Chooses people and does something to all of them at once.
 *
 * @param act is given their ids, by username.
 * @throws AppError `PROVIDER_NOT_FOUND`
 */
export async function doToMany(
  context: AppContext,
  people: People,
  act: (profileIds: readonly string[]) => Promise<ManyResult>,
): Promise<ManyReport> {
  const { profileIds, next } = await choose(context, people);
  const { done, skipped, until } = await act(profileIds);
  const reasons: Partial<Record<SkipReason, number>> = {};
  for (const { reason } of skipped) reasons[reason] = (reasons[reason] ?? 0) + 1;
  const bounded = 'ids' in people || people.limit !== undefined;
  return {
    done: done.length,
    skipped: skipped.length,
    reasons,
    until,
    next,
    ids: bounded ? done : [],
  };
}

interface Chosen {
  readonly profileIds: readonly string[];
  readonly next: string | null;
}

async function choose(context: AppContext, people: People): Promise<Chosen> {
  if ('ids' in people) return { profileIds: people.ids, next: null };
  const { filter, limit = Infinity } = people;
  const profileIds: string[] = [];
  let after = people.after;
  while (profileIds.length < limit) {
    const size = Math.min(PAGE, limit - profileIds.length);
    const query = { ...filter, sort: 'username', complete: true, after, limit: size } as const;
    const page = await searchProfiles(context, query);
    profileIds.push(...page.map(({ id }) => id));
    after = page.at(-1)?.id;
    if (page.length < size) return { profileIds, next: null };
  }
  return { profileIds, next: after ?? null };
}
