import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';

/** What decisions of one run depend on besides the records. */
export interface Rules {
  readonly definition: ProviderDefinition;
  readonly providerId: string;
  readonly mappedBy: string;
  readonly sharedEmail: boolean;
  /** Ids for new profiles, handed in because decisions make nothing up. */
  readonly newId: () => string;
}
