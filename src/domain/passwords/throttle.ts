/** What is counted: failures to sign in to one account or from one address, and requests for an e-mail likewise. */
export type ThrottleKind =
  | 'sign-in/account'
  | 'sign-in/address'
  | 'operator/account'
  | 'operator/address'
  | 'e-mail/account'
  | 'e-mail/address';

interface ThrottleRule {
  /** Attempts before the first wait. */
  readonly free: number;
  readonly firstWaitSeconds: number;
  readonly longestWaitSeconds: number;
  /** After so many attempts no wait ends by itself; null: there is no such number. */
  readonly last: number | null;
  /** The count starts again after so long without an attempt; null: only success resets it. */
  readonly forgottenAfterSeconds: number | null;
}

const HOUR = 3_600;

/**
 * NIST 800-63B-4 section 3.2.2: at most 100 consecutive failures an account,
 * waits from 30 seconds to an hour. An address may be a whole office, so that it
 * gets more attempts and shorter waits.
 */
const ACCOUNT: ThrottleRule = {
  free: 5,
  firstWaitSeconds: 30,
  longestWaitSeconds: HOUR,
  last: 100,
  forgottenAfterSeconds: null,
};

const ADDRESS: ThrottleRule = {
  free: 50,
  firstWaitSeconds: 10,
  longestWaitSeconds: 900,
  last: null,
  forgottenAfterSeconds: HOUR,
};

const RULES: Readonly<Record<ThrottleKind, ThrottleRule>> = {
  'sign-in/account': ACCOUNT,
  'sign-in/address': ADDRESS,
  'operator/account': ACCOUNT,
  'operator/address': ADDRESS,
  'e-mail/account': {
    free: 3,
    firstWaitSeconds: 600,
    longestWaitSeconds: HOUR,
    last: null,
    forgottenAfterSeconds: 2 * HOUR,
  },
  'e-mail/address': {
    free: 20,
    firstWaitSeconds: 60,
    longestWaitSeconds: HOUR,
    last: null,
    forgottenAfterSeconds: 2 * HOUR,
  },
};

/** One counter as the store holds it. */
export interface ThrottleState {
  readonly failures: number;
  /** Seconds until the wait is over; zero or less when there is none. */
  readonly waitSeconds: number;
  readonly idleSeconds: number;
}

/** What becomes of a counter when one more attempt is made. */
export interface ThrottleDecision {
  readonly allowed: boolean;
  /** Including this attempt, unless it is refused: what was not looked at was no guess. */
  readonly failures: number;
  /** How long the attempt after this one has to wait; null: until the count is reset. */
  readonly waitSeconds: number | null;
}

/**
 * Decides about an attempt before anything is verified. Whoever stores the
 * decision before the next one is made has counted parallel attempts rightly.
 */
export function countAttempt(kind: ThrottleKind, state: ThrottleState): ThrottleDecision {
  const rule = RULES[kind];
  if (state.waitSeconds > 0) return refused(state);
  const forgotten = rule.forgottenAfterSeconds !== null && state.idleSeconds > rule.forgottenAfterSeconds;
  const before = forgotten ? 0 : state.failures;
  if (rule.last !== null && before >= rule.last)
    return { allowed: false, failures: before, waitSeconds: null };
  return { allowed: true, failures: before + 1, waitSeconds: waitAfter(rule, before + 1) };
}

function refused(state: ThrottleState): ThrottleDecision {
  return { allowed: false, failures: state.failures, waitSeconds: state.waitSeconds };
}

function waitAfter(rule: ThrottleRule, failures: number): number | null {
  if (rule.last !== null && failures >= rule.last) return null;
  if (failures < rule.free) return 0;
  // 2^20 is beyond every limit above; it keeps the power finite.
  const doublings = Math.min(failures - rule.free, 20);
  return Math.min(rule.firstWaitSeconds * 2 ** doublings, rule.longestWaitSeconds);
}
