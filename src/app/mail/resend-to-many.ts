import { searchProfiles, type ProfileQuery } from '../profiles/search-profiles.ts';
import type { AppContext } from '../context.ts';
import { resendRegistration } from './resend-registration.ts';

const PAGE = 1_000;

/**
 * New links for everybody who waits for a first password and whom a filter
 * describes, at a rate when one is given.
 *
 * @returns how many get one, and how many do not.
 * @throws AppError `PROVIDER_NOT_FOUND`
 */
export async function resendToMany(
  context: AppContext,
  request: {
    readonly filter: Omit<ProfileQuery, 'sort' | 'limit' | 'after' | 'preRegistration'>;
    readonly perHour?: number | undefined;
    readonly actor: string;
  },
): Promise<{ readonly requested: number; readonly skipped: number }> {
  const { filter, perHour, actor } = request;
  const profileIds: string[] = [];
  for (;;) {
    const query = { ...filter, preRegistration: true, sort: 'username', limit: PAGE } as const;
    const page = await searchProfiles(context, { ...query, after: profileIds.at(-1) });
    profileIds.push(...page.map(({ id }) => id));
    if (page.length < PAGE) break;
  }
  const cause = { kind: 'operator', name: actor } as const;
  const result = await resendRegistration(context, { profileIds, cause, perHour });
  return { requested: result.requested.length, skipped: result.skipped.length };
}
