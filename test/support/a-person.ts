import type { ProviderDefinition } from '../../connectors/contract/definition.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import type { AppContext } from '../../src/app/context.ts';
import { emailKey, usernameKey } from '../../src/domain/profiles/identifiers.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { EffectiveCredential } from '../../src/store/entities/access.ts';
import { CredentialEntity } from '../../src/store/entities/access.ts';
import {
  LinkEntity,
  ProfileEntity,
  ProviderEntity,
  type ProfileRow,
} from '../../src/store/entities/directory.ts';
import { aDefinition } from './builders.ts';

interface PersonAbout extends Partial<
  Pick<ProfileRow, 'email' | 'forceReset' | 'preRegistration' | 'enabled'>
> {
  /** A password of ours. */
  readonly password?: string;
  /** A hash as a provider stores it. */
  readonly providerHash?: string;
  readonly providerId?: string;
}

let count = 0;

/** Adds a profile as a run or an operator would have left it. @returns its id and username. */
export async function aPerson(
  context: AppContext,
  about: PersonAbout = {},
): Promise<{ id: string; username: string; email: string | null }> {
  count += 1;
  const id = newId();
  // Kept: others count on while this one is written.
  const recordKey = String(count);
  const username = `person${recordKey}`;
  const email = about.email === undefined ? `${username}@example.org` : about.email;
  const enabled = about.enabled ?? true;
  await context.store.read.insert(ProfileEntity, {
    id,
    username,
    usernameKey: usernameKey(username),
    email,
    emailKey: email === null ? null : emailKey(email),
    providerId: about.providerId ?? null,
    displayName: 'Freja Lindqvist',
    enabled,
    disabledReason: enabled ? null : 'operator',
    forceReset: about.forceReset ?? false,
    preRegistration: about.preRegistration ?? false,
  });
  await addCredential(context, id, about);
  if (about.providerId !== undefined)
    await context.store.read.insert(LinkEntity, {
      id: newId(),
      providerId: about.providerId,
      recordKey,
      profileId: id,
      fingerprint: Buffer.alloc(16),
      mappedBy: 'test',
    });
  return { id, username, email };
}

async function addCredential(context: AppContext, id: string, about: PersonAbout): Promise<void> {
  const { password, providerHash } = about;
  const effective: EffectiveCredential =
    password !== undefined ? 'local' : providerHash !== undefined ? 'provider' : 'none';
  const local = password === undefined ? null : await context.passwords.hash(new Secret(password));
  const seal = (secret: Secret | null, column: string): Buffer | null =>
    secret === null ? null : context.keyring.seal(secret, `credentials/${column}/${id}`);
  await context.store.read.insert(CredentialEntity, {
    profileId: id,
    effective,
    localHash: seal(local, 'local_hash'),
    providerHash: seal(providerHash === undefined ? null : new Secret(providerHash), 'provider_hash'),
    passwordVersion: 1,
  });
}

/** Registers a provider that nothing is read from. @returns its id. */
export async function aSilentProvider(
  context: AppContext,
  over: Partial<ProviderDefinition> = {},
): Promise<string> {
  const definition = aDefinition(over);
  const id = newId();
  await context.store.read.insert(ProviderEntity, {
    id,
    name: definition.name,
    connector: 'postgres',
    // TypeORM types a jsonb insert as a deep partial, which a closed union is not.
    definition: definition as object,
    password: null,
  });
  return id;
}
