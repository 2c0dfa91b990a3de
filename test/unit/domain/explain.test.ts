import { describe, expect, it } from '@jest/globals';
import { explainSteps, type ResyncFacts } from '../../../src/domain/runs/explain.ts';
import { NO_COUNTS } from '../../../src/domain/runs/run.ts';

const facts: ResyncFacts = {
  provider: 'acme-hr',
  recordKey: '7',
  state: 'done',
  error: null,
  counters: { ...NO_COUNTS, read: 1 },
  faults: [],
  holdsInvitations: false,
  username: 'ada',
  changes: {},
};
const states = (over: Partial<ResyncFacts>): string =>
  explainSteps({ ...facts, ...over })
    .map((step) => step.state[0])
    .join('');

describe('explaining a resync', () => {
  it.each([
    ['ooooo', {}],
    ['fssss', { error: { code: 'SOURCE_UNREACHABLE', message: 'nothing answers' } }],
    ['ofsss', { counters: NO_COUNTS }],
    ['oofss', { faults: [{ code: 'EMAIL_INVALID', message: 'no address' }] }],
    ['ooofs', { faults: [{ code: 'USERNAME_TAKEN', message: 'taken' }] }],
  ])('tells all five steps and stops at the first that failed: %s', (expected, over) => {
    expect(states(over)).toBe(expected);
  });

  it('names what changed', () => {
    const changes = { email: { from: 'a@example.org', to: 'b@example.org' } };
    expect(explainSteps({ ...facts, changes }).at(-1)?.detail).toBe('changed: email');
  });
});
