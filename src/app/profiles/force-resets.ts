import type { Cause } from '../../domain/cause.ts';
import { recordEvents } from '../../store/profiles/record-events.ts';
import { findResettable, setForceResets, type Resettable } from '../../store/profiles/set-force-resets.ts';
import type { AppContext } from '../context.ts';
import { noteMany } from './note-many.ts';
import { idsOf, sortNamed, type ManyResult, type SkipReason } from './sort-named.ts';

export interface ForceResetRequest {
  readonly profileIds: readonly string[];
  /** False takes the flag away again. */
  readonly on: boolean;
  readonly cause: Cause;
  /** Tells what would be done, and does nothing. */
  readonly dryRun?: boolean | undefined;
}

/**
 * Has many people choose a new password at their next sign-in, or asks it of them
 * no more. Whoever has no password is left out. Audited when an operator asks.
 */
export async function forceResets(
  context: Pick<AppContext, 'store' | 'keyring'>,
  request: ForceResetRequest,
): Promise<ManyResult> {
  const { profileIds, on, cause } = request;
  const judge = (person: Resettable): SkipReason | null => skipReason(person, on);
  if (request.dryRun === true) {
    const found = await findResettable(context.store.read, profileIds, false);
    const { concerned, skipped } = sortNamed(profileIds, found, judge);
    return { done: idsOf(concerned), skipped, until: null };
  }
  return await context.store.transaction(async (tx) => {
    const { concerned, skipped } = sortNamed(profileIds, await findResettable(tx, profileIds, true), judge);
    const done = idsOf(concerned);
    await setForceResets(tx, done, on);
    const changes = { forceReset: { from: String(!on), to: String(on) } };
    await recordEvents(
      tx,
      cause,
      done.map((profileId) => ({ profileId, kind: 'updated', detail: { changes } })),
    );
    const result = { done, skipped, until: null };
    await noteMany(context, tx, {
      ...request,
      action: on ? 'profile.force-reset' : 'profile.clear-reset',
      result,
    });
    return result;
  });
}

function skipReason({ enabled, forceReset, hasPassword }: Resettable, on: boolean): SkipReason | null {
  if (forceReset === on) return 'as-asked';
  if (!on) return null;
  if (!enabled) return 'disabled';
  return hasPassword ? null : 'no-password';
}
