import type { Cause } from '../../domain/cause.ts';
import type { Change } from '../../domain/runs/decision.ts';

/** A decided change with what only the store keeps. */
export interface SealedChange {
  readonly change: Change;
  readonly linkId: string;
  /** The provider's hash, sealed for the profile; null when the record has none. */
  readonly providerHash: Buffer | null;
}

/** What all rows of a batch have in common. */
export interface BatchScope {
  readonly providerId: string;
  readonly mappedBy: string;
  readonly sharedEmail: boolean;
  readonly cause: Cause;
}

/** The JSON a timeline shows of a change. */
export function eventDetail({ key, changes }: Change): Record<string, unknown> {
  return { recordKey: key, changes };
}
