import type { Safeguards } from '../../../connectors/contract/definition.ts';

/** Why a run waits for an operator. */
export interface HeldReason {
  readonly safeguard: 'deletions' | 'changes' | 'emails' | 'empty';
  readonly planned: number;
  readonly limit: number;
  readonly message: string;
}

/** What a plan would do, as far as safeguards look at it. */
export interface PlanTotals {
  /** Links that are present before the run. */
  readonly present: number;
  /** Records read; null when the run looks at changes alone. */
  readonly read: number | null;
  /** Profiles that the run would disable, for whatever reason. */
  readonly disabled: number;
  /** Profiles whose username, e-mail or password the run would change. */
  readonly identifying: number;
  readonly emails: number;
}

/** Looks at the whole plan before the first write. An empty answer lets it go on. */
export function guard(totals: PlanTotals, limits: Safeguards): readonly HeldReason[] {
  return [deletions(totals, limits), changes(totals, limits), emails(totals, limits), empty(totals)].filter(
    (reason) => reason !== null,
  );
}

function deletions({ disabled, present }: PlanTotals, { deletions: limit }: Safeguards): HeldReason | null {
  if (disabled <= limit.floor) return null;
  const percent = Math.floor((present * limit.percent) / 100);
  const most = Math.max(limit.floor, Math.min(limit.count, percent));
  if (disabled <= most) return null;
  return {
    safeguard: 'deletions',
    planned: disabled,
    limit: most,
    message: `${disabled} of ${present} people would be disabled; at most ${most} may be without approval (safeguards.deletions)`,
  };
}

function changes({ identifying, present }: PlanTotals, { changes: limit }: Safeguards): HeldReason | null {
  const most = Math.max(limit.floor, Math.floor((present * limit.percent) / 100));
  if (identifying <= most) return null;
  return {
    safeguard: 'changes',
    planned: identifying,
    limit: most,
    message: `usernames, e-mails or passwords of ${identifying} of ${present} people would change; at most ${most} may without approval (safeguards.changes)`,
  };
}

function emails({ emails: planned }: PlanTotals, { emails: limit }: Safeguards): HeldReason | null {
  if (planned <= limit) return null;
  return {
    safeguard: 'emails',
    planned,
    limit,
    message: `${planned} registration e-mails would be sent; at most ${limit} may be without approval (safeguards.emails)`,
  };
}

/** An empty answer is far more often a fault (rights, a filter, a restore) than the truth. */
function empty({ read, present }: PlanTotals): HeldReason | null {
  if (read === null || read > 0 || present === 0) return null;
  return {
    safeguard: 'empty',
    planned: present,
    limit: 0,
    message: `the provider returned no records at all, and ${present} people came from it`,
  };
}
