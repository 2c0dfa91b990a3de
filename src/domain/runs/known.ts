import type { Profile } from '../profile.ts';

/** What the store holds about one record before a decision. */
export interface KnownLink {
  readonly id: string;
  readonly profileId: string;
  /** 32 hexadecimal digits. */
  readonly fingerprint: string;
  readonly mappedBy: string;
  readonly seenForceReset: boolean | null;
  readonly seenPreRegistration: boolean | null;
  readonly gone: boolean;
}

/** A profile with what a decision needs to know around it. */
export interface KnownProfile extends Profile {
  readonly usernameKey: string;
  readonly emailKey: string | null;
  readonly effective: 'none' | 'local' | 'provider';
  /** A registration e-mail has been asked for before. */
  readonly invited: boolean;
  /** The provider that a link ties it to, and whether that link's record is gone; null without a link. */
  readonly linkedTo: { readonly linkId: string; readonly providerId: string; readonly gone: boolean } | null;
}

/** Finds what the store holds; built for one batch of records, and kept up to date while the batch is decided. */
export interface Known {
  link(key: string): KnownLink | undefined;
  profile(id: string): KnownProfile | undefined;
  byUsername(usernameKey: string): Holder | undefined;
  byEmail(emailKey: string): readonly Holder[];
  /** Whether the hash differs from the one the provider held last. */
  passwordChanged(profileId: string, hash: string | null): boolean;
  /** The person set a password here that has not reached the provider yet. */
  writeBackPending(profileId: string): boolean;
  /** Remembers what was just decided, so that the next record of the batch cannot take the same names. */
  take(holder: Holder): void;
}

/** Somebody who has a username or an address already. */
export interface Holder {
  readonly profileId: string;
  readonly usernameKey: string;
  readonly emailKey: string | null;
}
