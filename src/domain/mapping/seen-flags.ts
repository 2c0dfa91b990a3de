import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { SourceRecord } from '../../../connectors/contract/record.ts';
import { mapRecord } from './map-record.ts';

/** What the provider says of the two flags; null where it says nothing or cannot be understood. */
export interface SeenFlags {
  readonly forceReset: boolean | null;
  readonly preRegistration: boolean | null;
}

/** Remembered on the link, so that only a change of what the provider says is applied. */
export function seenFlags(definition: ProviderDefinition, record: SourceRecord): SeenFlags {
  const mapped = mapRecord(definition, record);
  if (!mapped.ok) return { forceReset: null, preRegistration: null };
  return { forceReset: mapped.record.forceReset, preRegistration: mapped.record.preRegistration };
}
