import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countAttempt, type ThrottleKind } from '../../../../src/domain/passwords/throttle.ts';

const KINDS: readonly ThrottleKind[] = [
  'sign-in/account',
  'sign-in/address',
  'e-mail/account',
  'e-mail/address',
];
const calm = { waitSeconds: 0, idleSeconds: 1 };

/** The waits after so many attempts, each made as soon as it is allowed. */
function waits(kind: ThrottleKind, attempts: number): (number | null)[] {
  return Array.from(
    { length: attempts },
    (_, failures) => countAttempt(kind, { failures, ...calm }).waitSeconds,
  );
}

describe('countAttempt', () => {
  it('lets five failures pass, then doubles waits from 30 seconds to an hour', () => {
    expect(waits('sign-in/account', 13)).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
  });

  it('allows the 100th attempt on an account and no more, however long ago it was', () => {
    expect(countAttempt('sign-in/account', { failures: 99, ...calm })).toEqual({
      allowed: true,
      failures: 100,
      waitSeconds: null,
    });
    const later = { failures: 100, waitSeconds: 0, idleSeconds: 1e9 };
    expect(countAttempt('sign-in/account', later)).toMatchObject({ allowed: false, failures: 100 });
  });

  it('forgets what happened at an address after an hour', () => {
    const idle = { failures: 70, waitSeconds: -10, idleSeconds: 3_601 };
    expect(countAttempt('sign-in/address', idle)).toEqual({ allowed: true, failures: 1, waitSeconds: 0 });
  });

  it('mails three times before the first wait', () => {
    expect(waits('e-mail/account', 4)).toEqual([0, 0, 600, 1200]);
  });

  it('refuses while a wait lasts and counts nothing; else counts one, with a wait that never shrinks', () => {
    const state = fc.record({
      failures: fc.nat(500),
      waitSeconds: fc.integer({ min: -10_000, max: 10_000 }),
      idleSeconds: fc.nat(3_600),
    });
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), state, (kind, given) => {
        const decision = countAttempt(kind, given);
        if (given.waitSeconds > 0) return !decision.allowed && decision.failures === given.failures;
        if (!decision.allowed) return kind === 'sign-in/account' && given.failures >= 100;
        const next = countAttempt(kind, { failures: decision.failures, ...calm });
        const longest = 3_600;
        return (
          decision.failures === given.failures + 1 &&
          (decision.waitSeconds ?? Infinity) <= (next.waitSeconds ?? Infinity) &&
          (decision.waitSeconds ?? 0) <= longest
        );
      }),
    );
  });
});
