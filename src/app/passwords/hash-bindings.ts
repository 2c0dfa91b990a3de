/** What a hash of ours is bound to when sealed. */
export function localHashBinding(profileId: string): string {
  return `credentials/local_hash/${profileId}`;
}

/** What a provider's hash is bound to when sealed. */
export function providerHashBinding(profileId: string): string {
  return `credentials/provider_hash/${profileId}`;
}
