import type { MappedRecord, RecordFault } from '../mapping/mapped-record.ts';
import type { DisabledReason } from '../profile.ts';
import type { FieldChange, RunAction } from './run.ts';

/** What becomes of the password that signs in. */
export type PasswordDecision =
  /** Nothing changes. */
  | 'keep'
  /** The provider's hash is remembered, and the person goes on with the password set here. */
  | 'remember'
  /** The provider's hash is the one that signs in from now on; sessions and links end. */
  | 'adopt'
  /** The provider has no hash any more, and there was no other. */
  | 'withdraw';

/** The state a profile is to have, and what else that asks for. */
export interface ProfileOutcome {
  readonly profileId: string;
  readonly usernameKey: string;
  readonly emailKey: string | null;
  readonly record: MappedRecord;
  readonly enabled: boolean;
  readonly disabledReason: DisabledReason | null;
  readonly forceReset: boolean;
  readonly preRegistration: boolean;
  readonly password: PasswordDecision;
  /** A registration e-mail is to be sent. */
  readonly invite: boolean;
  /** Links sent to the old address must die. */
  readonly addressChanged: boolean;
}

export type Decision =
  | { readonly kind: 'unchanged'; readonly key: string }
  | { readonly kind: 'fault'; readonly key: string; readonly faults: readonly RecordFault[] }
  | {
      readonly kind: Exclude<RunAction, 'disable'>;
      readonly key: string;
      readonly outcome: ProfileOutcome;
      readonly changes: Readonly<Record<string, FieldChange>>;
      /** For `link` to a profile whose record moved: the link that is re-used. */
      readonly linkId: string | null;
    };

export type Change = Exclude<Decision, { kind: 'unchanged' } | { kind: 'fault' }>;
