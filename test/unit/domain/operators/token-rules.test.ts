import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeFault, isOwn } from '../../../../src/domain/operators/operator-rules.ts';
import { LETTING_IN, mayGrant, ROLES, SCOPES } from '../../../../src/domain/operators/scopes.ts';
import {
  endingWithToken,
  grantFault,
  keepFault,
  tokenEnd,
} from '../../../../src/domain/operators/token-rules.ts';

const role = fc.constantFrom(...ROLES);
const scopes = fc.subarray([...SCOPES]);
const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
const days = fc.integer({ min: 1, max: 365 });

describe('a token that is made with a token', () => {
  it('has no scope that the other one lacks, nor one beyond the role of its maker', () => {
    fc.assert(
      fc.property(role, scopes, fc.constantFrom(...SCOPES), (theirs, held, scope) => {
        const token = { scopes: held, expiresAt: new Date() };
        const fault = grantFault({ role: theirs, token }, scope);
        expect(fault === null).toBe(held.includes(scope) && mayGrant(theirs, scope));
        expect(grantFault({ role: theirs, token: null }, scope) === null).toBe(mayGrant(theirs, scope));
      }),
    );
  });

  it('ends no later than the other one', () => {
    fc.assert(
      fc.property(moment, days, moment, (now, asked, expiresAt) => {
        const own = tokenEnd(now, asked, { role: 'viewer', token: null });
        expect(own).toEqual(tokenEnd(now, asked, null));
        expect(own.getTime() - now.getTime()).toBe(asked * 86_400_000);
        const made = tokenEnd(now, asked, { role: 'admin', token: { scopes: [], expiresAt } });
        expect(made).toEqual(own < expiresAt ? own : expiresAt);
      }),
    );
  });
});

it('lets admins alone put what lets others in on a token', () => {
  for (const scope of LETTING_IN)
    expect(ROLES.filter((theirs) => mayGrant(theirs, scope))).toEqual(['admin']);
});

describe('who got in by a link of a token', () => {
  const chief = { id: 'chief', isAdmin: true };
  const helper = { id: 'helper', isAdmin: false };

  it('is disabled when it is revoked', () => {
    expect(endingWithToken([chief, helper], 1)).toEqual({ disabled: [chief, helper], kept: [] });
  });

  it('is vouched for by admins who are signed in alone', () => {
    const kept = ROLES.flatMap((theirs) =>
      (['session', 'token'] as const).map(
        (kind) => [kind, theirs, keepFault({ kind, role: theirs })] as const,
      ),
    );
    expect(kept.filter(([, , fault]) => fault === null)).toEqual([['session', 'admin', null]]);
  });

  it('stays as an admin when no other admin could sign in', () => {
    expect(endingWithToken([chief, helper], 0)).toEqual({ disabled: [helper], kept: [chief] });
  });
});

describe('a change of an operator', () => {
  const change = { asker: 'ann', target: 'bo', isAdmin: true, remains: false, otherAdmins: 1 };

  it.each([
    [change, null],
    [{ ...change, target: 'ann' }, 'own'],
    [{ ...change, otherAdmins: 0 }, 'last-admin'],
    [{ ...change, asker: null, otherAdmins: 0 }, 'last-admin'],
    [{ ...change, otherAdmins: 0, remains: true }, null],
    [{ ...change, otherAdmins: 0, isAdmin: false }, null],
  ])('%j: %s', (asked, fault) => {
    expect(changeFault(asked)).toBe(fault);
  });

  it('is nobody’s own at the command line', () => {
    expect([isOwn(null, 'ann'), isOwn('bo', 'ann'), isOwn('ann', 'ann')]).toEqual([false, false, true]);
  });
});
