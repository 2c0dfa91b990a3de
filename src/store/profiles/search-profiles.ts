import type { DisabledReason } from '../../domain/profile.ts';
import type { Transaction } from '../transaction.ts';
import { invitationState, type InvitationState } from './invitation-state.ts';

export interface ProfileSearch {
  /** A provider's id: people linked to it. */
  readonly providerId?: string | undefined;
  readonly state?: 'active' | 'disabled' | undefined;
  readonly forceReset?: boolean | undefined;
  readonly preRegistration?: boolean | undefined;
  readonly undeliverable?: boolean | undefined;
  /** The state of the invitation of people who wait for a first password. */
  readonly invitation?: InvitationState | undefined;
  /** Beginnings of words of a username, the part of an address before the @, or a name; all of them have to be there. */
  readonly words?: readonly string[] | undefined;
  /** The beginning of an address, in its canonical form. */
  readonly emailStart?: string | undefined;
  /** A record's key, as a whole. */
  readonly recordKey?: string | undefined;
  readonly sort: 'username' | 'newest';
  /** The id of the last one seen. */
  readonly after?: string | undefined;
  readonly limit: number;
  /** Everybody who matches, however long it takes: for doing something to all of them. */
  readonly complete?: boolean | undefined;
}

export interface FoundProfile {
  readonly id: string;
  readonly username: string;
  readonly email: string | null;
  readonly displayName: string | null;
  /** Null: made here. */
  readonly provider: string | null;
  readonly recordKey: string | null;
  readonly enabled: boolean;
  readonly disabledReason: DisabledReason | null;
  readonly forceReset: boolean;
  readonly preRegistration: boolean;
  /** Of the latest registration e-mail; null when the person waits for none, or none was asked for. */
  readonly invitation: InvitationState | null;
}

/** More people than anybody looks through; so many matches are sorted and no more, whichever they are. */
const MOST_MATCHES = 5_000;

/**
 * What a great many match fills a page from the next few in order: that is looked at first, because the index would have to
 * count all of the many (half a second for a word that everybody among a million has).
 */
const NEXT_IN_ORDER = 2_000;

/** The same of those whom filters leave: each of them takes longer to come by. */
const NEXT_FILTERED = 400;

/** A search is for one of: words, with the beginning of an address or without; or a record's key. */
export async function searchProfiles(
  tx: Transaction,
  search: ProfileSearch,
): Promise<readonly FoundProfile[]> {
  if (search.words !== undefined && search.complete !== true) {
    const near = buildSearch(search, 'near');
    const found = await tx.query<FoundProfile[]>(near.sql, [...near.values]);
    if (found.length >= search.limit) return found;
  }
  const { sql, values } = buildSearch(search, 'all');
  return await tx.query<FoundProfile[]>(sql, [...values]);
}

function buildSearch(
  search: ProfileSearch,
  where: 'near' | 'all',
): { readonly sql: string; readonly values: readonly unknown[] } {
  const values: unknown[] = [];
  const value = (given: unknown): string => `$${String(values.push(given))}`;
  const order = search.sort === 'username' ? 'profile.username_key' : 'profile.id DESC';
  const [matched, filtered] = [matches(search, value), filters(search, value)];
  const conditions = [...matched, ...filtered];
  const after = place(search, value);
  // The place goes where the order is: into the next few, or after those that match were found.
  const near = `(SELECT profile.* FROM profiles profile ${whereAll([...filtered, ...after])} ORDER BY ${order} LIMIT ${filtered.length > 0 ? NEXT_FILTERED : NEXT_IN_ORDER}) profile`;
  const matching = `(SELECT profile.* FROM profiles profile ${whereAll(conditions)} LIMIT ${MOST_MATCHES}) profile`;
  const [source, rest] =
    where === 'near'
      ? [near, matched]
      : matched.length > 0 && search.complete !== true
        ? [matching, after]
        : ['profiles profile', [...conditions, ...after]];
  const sql = `
    SELECT profile.id, profile.username, profile.email, provider.name AS provider, link.record_key AS "recordKey",
           coalesce(profile.display_name, nullif(concat_ws(' ', profile.given_name, profile.family_name), '')) AS "displayName",
           profile.enabled, profile.disabled_reason AS "disabledReason", profile.force_reset AS "forceReset",
           profile.pre_registration AS "preRegistration",
           CASE WHEN profile.pre_registration THEN ${invitationState('profile.id')} END AS invitation
    FROM (SELECT profile.* FROM ${source} ${whereAll(rest)} ORDER BY ${order} LIMIT ${value(search.limit)}) profile
    LEFT JOIN links link ON link.profile_id = profile.id
    LEFT JOIN providers provider ON provider.id = link.provider_id
    ORDER BY ${order}`;
  return { sql, values };
}

type Value = (given: unknown) => string;

function filters(search: ProfileSearch, value: Value): readonly string[] {
  const { providerId, state, forceReset, preRegistration, undeliverable, invitation } = search;
  return [
    providerId === undefined ? '' : `profile.provider_id = ${value(providerId)}`,
    state === undefined ? '' : `profile.enabled = ${value(state === 'active')}`,
    // Spelt out, because the indexes of these are for the few for whom they are true.
    flag('profile.force_reset', forceReset),
    flag('profile.pre_registration', preRegistration),
    flag('profile.email_undeliverable_at IS NOT NULL', undeliverable),
    ...invited(invitation, value),
  ].filter((condition) => condition !== '');
}

function flag(condition: string, wanted: boolean | undefined): string {
  if (wanted === undefined) return '';
  return wanted ? condition : `NOT (${condition})`;
}

/** Where it is kept: whoever is in a state that few are in is found without asking everybody who waits. */
function invited(state: InvitationState | undefined, value: Value): readonly string[] {
  if (state === undefined) return [];
  const kept = {
    sent: `state = 'sent' AND valid_until > now()`,
    expired: `state = 'sent' AND valid_until <= now()`,
  };
  const stands = state === 'sent' || state === 'expired' ? kept[state] : `state = ${value(state)}`;
  return [
    'profile.pre_registration',
    `profile.id IN (SELECT profile_id FROM invitations WHERE waiting AND ${stands})`,
  ];
}

/** Empty: everybody matches. */
function matches(search: ProfileSearch, value: Value): readonly string[] {
  const { words, emailStart, recordKey } = search;
  if (recordKey !== undefined)
    return [
      `profile.id IN (SELECT profile_id FROM links
         WHERE provider_id IN (SELECT id FROM providers) AND record_key = ${value(recordKey)})`,
    ];
  const conditions: string[] = [];
  if (words !== undefined && words.length > 0)
    conditions.push(
      `profile_words(profile.username, profile.email, profile.given_name, profile.family_name, profile.display_name)
         @@ to_tsquery('simple', ${value(words.map((word) => `'${word.replaceAll(/['\\]/g, '')}':*`).join(' & '))})`,
    );
  if (emailStart !== undefined) conditions.push(`starts_with(profile.email_key, ${value(emailStart)})`);
  return conditions;
}

function place(search: ProfileSearch, value: Value): readonly string[] {
  if (search.after === undefined) return [];
  return search.sort === 'username'
    ? [`profile.username_key > (SELECT username_key FROM profiles WHERE id = ${value(search.after)})`]
    : [`profile.id < ${value(search.after)}`];
}

function whereAll(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}
