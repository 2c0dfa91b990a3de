import type { Advice } from '../../../connectors/contract/errors.ts';

export interface FollowerWait {
  readonly waitMs: number;
  /** How loudly the log says it: a blink of the network is no alarm. */
  readonly level: 'info' | 'warn' | 'error';
}

const LONGEST_MS = 60_000;
const WAITS_MS = [1_000, 2_000, 5_000, 10_000, 30_000, LONGEST_MS] as const;
const MOMENT_MS = 5_000;
/** Nothing will help before a person has mended it; a look now and then notices when they have. */
const OPERATOR_MS = 300_000;
const WARN_FROM = 2;
const ERROR_FROM = 4;

/** How long a follower waits before it reads its source again. @param attempts failures in a row, from 1. */
export function followerWait(advice: Advice | null, attempts: number): FollowerWait {
  if (advice?.action === 'operator') return { waitMs: OPERATOR_MS, level: 'error' };
  const level = advice?.action === 'resnapshot' ? 'error' : levelAfter(attempts);
  return { waitMs: waitAfter(advice, attempts), level };
}

function levelAfter(attempts: number): FollowerWait['level'] {
  if (attempts >= ERROR_FROM) return 'error';
  return attempts >= WARN_FROM ? 'warn' : 'info';
}

/** A source that is only busy or gone for a moment is asked again at once the first time. */
function waitAfter(advice: Advice | null, attempts: number): number {
  const grown = WAITS_MS[attempts - 1] ?? LONGEST_MS;
  const least = advice?.action === 'retry' ? advice.afterMs : 0;
  return attempts === 1 && least <= MOMENT_MS ? grown : Math.max(grown, least);
}
