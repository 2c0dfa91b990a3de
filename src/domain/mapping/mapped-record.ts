import type { Fingerprint, RecordKey, SourceValue } from '../../../connectors/contract/record.ts';
import type { Secret } from '../../../connectors/contract/secret.ts';
import type { ProfileFields } from '../profile.ts';

/** Why a record cannot become or change a profile. Concerns this record alone; the run goes on. */
export interface RecordFault {
  /** The profile field, or the column, or `record`. */
  readonly field: string;
  /** Stable, upper case. */
  readonly code: string;
  readonly message: string;
}

/** What a provider says of one person, in the words of a profile. */
export interface MappedRecord {
  readonly key: RecordKey;
  readonly fingerprint: Fingerprint;
  readonly fields: ProfileFields;
  readonly enabled: boolean;
  /** Null: the definition says nothing per record. */
  readonly forceReset: boolean | null;
  readonly preRegistration: boolean | null;
  /** The hash with what belongs to it, see `storedPassword`. */
  readonly passwordHash: Secret | null;
  /** What the column of `writeBack.compare` holds; null also where there is none. */
  readonly compared: SourceValue;
}

export type Mapped =
  | { readonly ok: true; readonly record: MappedRecord }
  | { readonly ok: false; readonly key: RecordKey; readonly faults: readonly RecordFault[] };
