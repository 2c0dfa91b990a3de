import { describe, expect, it } from '@jest/globals';
import { guard, type PlanTotals } from '../../../src/domain/runs/safeguard.ts';
import { aDefinition } from '../../support/builders.ts';

const limits = aDefinition().safeguards;
const calm: PlanTotals = { present: 10_000, read: 10_000, disabled: 0, identifying: 0, emails: 0 };
const held = (over: Partial<PlanTotals>): readonly string[] =>
  guard({ ...calm, ...over }, limits).map((reason) => reason.safeguard);

describe('safeguards', () => {
  it.each([
    [{ disabled: 500 }, []],
    [{ disabled: 501 }, ['deletions']],
    [{ present: 1_000, disabled: 50 }, []],
    [{ present: 1_000, disabled: 51 }, ['deletions']],
    [{ present: 100, disabled: 20 }, []],
    [{ present: 100, disabled: 21 }, ['deletions']],
    [{ present: 1_000, identifying: 500 }, []],
    [{ present: 1_000, identifying: 501 }, ['changes']],
    [{ present: 50, identifying: 50 }, []],
    [{ emails: 1_000 }, []],
    [{ emails: 1_001 }, ['emails']],
    [{ present: 3, read: 0, disabled: 3 }, ['empty']],
    [{ present: 0, read: 0 }, []],
  ])('%j is held by %j', (totals, safeguards) => {
    expect(held(totals)).toEqual(safeguards);
  });

  it('reports every safeguard that objects', () => {
    expect(held({ disabled: 9_000, identifying: 9_000, emails: 9_000 })).toEqual([
      'deletions',
      'changes',
      'emails',
    ]);
  });
});
