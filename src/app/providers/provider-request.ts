import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { Secret } from '../../../connectors/contract/secret.ts';

/** What a provider is to be. */
export interface ProviderRequest {
  readonly definition: ProviderDefinition;
  /** Null: the one that is stored is kept. */
  readonly password: Secret | null;
}
