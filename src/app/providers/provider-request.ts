import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { Secret } from '../../../connectors/contract/secret.ts';

/** What a provider is to be. */
export interface ProviderRequest {
  readonly definition: ProviderDefinition;
  /** Null: the one that is stored is kept. */
  readonly password: Secret | null;
  /** The version that is to be changed, `none` for a provider that is not to exist yet; absent: whatever is there. */
  readonly expected?: number | 'none';
  /** A provider that is registered by this begins paused: nothing runs but what an operator asks for. */
  readonly paused?: boolean;
}
