/** What a mapping, a form or a CSV row says about a person. */
export interface ProfileFields {
  readonly username: string;
  readonly email: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly displayName: string | null;
  /** BCP 47; the language of e-mails and pages for this person. */
  readonly locale: string | null;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Why a profile may not sign in; null when it may. */
export type DisabledReason = 'source' | 'gone' | 'operator';

/** One user as Access Management holds it. */
export interface Profile extends ProfileFields {
  readonly id: string;
  /** The owner of the mapped fields; null for a profile made here. */
  readonly providerId: string | null;
  readonly enabled: boolean;
  readonly disabledReason: DisabledReason | null;
  readonly forceReset: boolean;
  readonly preRegistration: boolean;
}

/** The fields a person can be searched, shown and compared by, in the order they are shown. */
export const TEXT_FIELDS = ['username', 'email', 'givenName', 'familyName', 'displayName', 'locale'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];
