import type { Holder, Known, KnownLink, KnownProfile } from '../../domain/runs/known.ts';
import type { Keyring } from '../../kernel/keyring.ts';
import { providerHashBinding } from '../passwords/hash-bindings.ts';
import type { StoredKnowledge, StoredProfile } from '../../store/runs/load-known.ts';

/** What the store holds about one batch, indexed the ways decisions ask. */
export class KnownBatch implements Known {
  readonly #keyring: Keyring;
  readonly #links: ReadonlyMap<string, KnownLink>;
  readonly #profiles: ReadonlyMap<string, StoredProfile>;
  readonly #byId = new Map<string, Holder>();
  readonly #byUsername = new Map<string, Holder>();
  readonly #byEmail = new Map<string, Holder[]>();

  constructor(stored: StoredKnowledge, keyring: Keyring) {
    this.#keyring = keyring;
    this.#links = stored.links;
    this.#profiles = new Map(stored.profiles.map((profile) => [profile.id, profile]));
    for (const { id, usernameKey, emailKey } of stored.profiles)
      this.take({ profileId: id, usernameKey, emailKey });
  }

  link(key: string): KnownLink | undefined {
    return this.#links.get(key);
  }

  profile(id: string): KnownProfile | undefined {
    return this.#profiles.get(id);
  }

  byUsername(usernameKey: string): Holder | undefined {
    return this.#byUsername.get(usernameKey);
  }

  byEmail(emailKey: string): readonly Holder[] {
    return this.#byEmail.get(emailKey) ?? [];
  }

  passwordChanged(profileId: string, hash: string | null): boolean {
    const sealed = this.#profiles.get(profileId)?.providerHash ?? null;
    if (sealed === null || hash === null) return sealed !== hash;
    return this.#keyring.open(sealed, providerHashBinding(profileId)).reveal() !== hash;
  }

  writeBackPending(profileId: string): boolean {
    return this.#profiles.get(profileId)?.writeBackPending ?? false;
  }

  take(holder: Holder): void {
    const old = this.#byId.get(holder.profileId);
    if (old !== undefined) this.#release(old);
    this.#byId.set(holder.profileId, holder);
    this.#byUsername.set(holder.usernameKey, holder);
    if (holder.emailKey !== null)
      this.#byEmail.set(holder.emailKey, [...this.byEmail(holder.emailKey), holder]);
  }

  #release(old: Holder): void {
    this.#byUsername.delete(old.usernameKey);
    if (old.emailKey === null) return;
    const others = this.byEmail(old.emailKey).filter((holder) => holder.profileId !== old.profileId);
    this.#byEmail.set(old.emailKey, others);
  }
}
