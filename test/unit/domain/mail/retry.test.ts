import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { greetingName } from '../../../../src/domain/mail/greeting.ts';
import { emailRetrySeconds } from '../../../../src/domain/mail/retry.ts';
import { writeBackRetrySeconds } from '../../../../src/domain/passwords/write-back-retry.ts';

describe('the wait before an e-mail is sent again', () => {
  it('follows the schedule', () => {
    const minutes = [1, 2, 3, 4, 5, 6, 7].map((attempts) => (emailRetrySeconds(attempts, 0.5) ?? 0) / 60);
    expect(minutes).toEqual([1, 5, 30, 120, 360, 720, 1440]);
    expect(emailRetrySeconds(8, 0.5)).toBeNull();
  });

  it('is spread by no more than a fifth', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (n, r) => {
          const middle = emailRetrySeconds(n, 0.5) ?? 0;
          const wait = emailRetrySeconds(n, r) ?? 0;
          expect(wait).toBeGreaterThanOrEqual(middle * 0.8 - 1e-6);
          expect(wait).toBeLessThanOrEqual(middle * 1.2 + 1e-6);
        },
      ),
    );
  });
});

it('tries a write-back soon at first and hourly in the end', () => {
  expect([1, 2, 3, 4, 5, 6, 50].map(writeBackRetrySeconds)).toEqual([5, 30, 120, 600, 1800, 3600, 3600]);
});

describe('what a person is called', () => {
  const nobody = { displayName: null, givenName: null, familyName: null };
  it.each([
    [{ ...nobody, givenName: 'Åsa', displayName: 'Åsa Lindqvist' }, 'Åsa'],
    [{ ...nobody, displayName: "Siobhán O'Neill-Ñ" }, "Siobhán O'Neill-Ñ"],
    [{ ...nobody, displayName: 'J. R. Ewing' }, 'J. R. Ewing'],
    [nobody, null],
    [{ ...nobody, givenName: 'Win at casino.example' }, null],
    [{ ...nobody, givenName: 'https://evil.example' }, null],
    [{ ...nobody, givenName: 'evil@example.org', familyName: 'Byron' }, null],
    [{ ...nobody, givenName: 'x'.repeat(81) }, null],
  ])('%j', (fields, name) => expect(greetingName(fields)).toBe(name));
});
