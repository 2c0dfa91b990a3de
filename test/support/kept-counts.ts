import { invitationState } from '../../src/store/profiles/invitation-state.ts';
import type { Store } from '../../src/store/store.ts';

/**
 * Counts what triggers keep count of, and works out how the invitation of everybody
 * stands who waits for a first password.
 *
 * @returns where what is kept says something else; empty when it is right.
 */
export async function miscounted({ read }: Pick<Store, 'read'>): Promise<readonly unknown[]> {
  const providers = await read.query<unknown[]>(
    `SELECT * FROM (
       SELECT provider.name,
         (SELECT jsonb_build_array(coalesce(sum(linked), 0), coalesce(sum(enabled), 0), coalesce(sum(gone), 0))
          FROM provider_counts WHERE provider_id = provider.id) AS kept,
         (SELECT jsonb_build_array(count(*), count(*) FILTER (WHERE profile.enabled), count(link.gone_at))
          FROM links link JOIN profiles profile ON profile.id = link.profile_id
          WHERE link.provider_id = provider.id) AS counted
       FROM providers provider) compared
     WHERE kept <> counted`,
  );
  const invitations = await read.query<unknown[]>(
    `SELECT * FROM (
       SELECT profile.id, CASE WHEN profile.pre_registration THEN jsonb_build_array(profile.enabled, ${invitationState('profile.id')}) END AS found,
         (SELECT jsonb_build_array(enabled, CASE WHEN state = 'sent' AND valid_until <= now() THEN 'expired' ELSE state END)
          FROM invitations WHERE profile_id = profile.id AND waiting) AS kept
       FROM profiles profile) compared
     WHERE found IS DISTINCT FROM kept`,
  );
  return [...providers, ...invitations];
}
