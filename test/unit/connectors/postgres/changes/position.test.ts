import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Checkpoint } from '../../../../../connectors/contract/change.ts';
import {
  afterPage,
  beginPass,
  readPosition,
  refuseOtherHistory,
  startAt,
  writePosition,
  type Standing,
} from '../../../../../connectors/postgres/changes/position.ts';

const OVERLAP = 600;
const how = { way: 'cursor', overlapSeconds: OVERLAP } as const;

function standing(over: Partial<Standing> = {}): Standing {
  return { history: 'server/1/1', oldest: '100', newest: '100', at: 1_000, cursor: '5', floor: '5', ...over };
}

const numbers = fc.bigInt({ min: 3n, max: 2n ** 40n });

describe('the position of a poll', () => {
  it('is the same after it was stored', () => {
    const standings = fc.record({
      history: fc.string(),
      oldest: numbers.map(String),
      newest: numbers.map(String),
      at: fc.nat(),
      cursor: fc.option(fc.string()),
      floor: fc.option(fc.string()),
    });
    fc.assert(
      fc.property(standings, fc.boolean(), fc.option(fc.array(fc.string())), (now, dated, after) => {
        const start = startAt(now, dated);
        expect(readPosition(writePosition(start))).toEqual(start);
        const { pass, ...rest } = beginPass(start, now, how);
        if (pass === null) throw new Error('a pass has begun');
        const next = afterPage({ ...rest, pass }, pass, after);
        expect(readPosition(writePosition(next))).toEqual(next);
      }),
    );
  });

  it.each(['', 'elsewhere/1:{}', 'postgres-lsn/1:0/0 a b.', 'postgres-poll/1:{"history"'])(
    'is not read from %j',
    (text) => {
      expect(() => readPosition(text as Checkpoint)).toThrow(
        expect.objectContaining({ code: 'CHECKPOINT_FOREIGN' }),
      );
    },
  );

  it('counts a date as seen at once, and a number only when it has stood for a while', () => {
    expect(startAt(standing(), true).seen.from).toBe('5');
    expect(startAt(standing(), false).seen.from).toBeNull();
  });

  it('moves on to a cursor when all that was open beside it has ended, and the overlap has passed', () => {
    const start = startAt(standing({ oldest: '90', newest: '100', floor: '5' }), true);
    const to = (now: Partial<Standing>): string | null =>
      beginPass(start, standing({ cursor: '9', floor: '9', ...now }), how).pass?.to.from ?? null;
    expect(startAt(standing({ floor: '5' }), false).seen.candidate.cursor).toBe('5');
    // Another place to be seen from than before tells that it moved.
    const moved = beginPass(start, standing({ oldest: '100', newest: '120', at: 1_600, floor: '9' }), how);
    expect(moved.pass?.to).toMatchObject({
      oldest: '100',
      from: '5',
      candidate: { cursor: '9', newest: '120' },
    });
    const open = beginPass(start, standing({ oldest: '99', newest: '120', at: 9_999, floor: '9' }), how);
    expect(open.pass?.to.candidate).toEqual(start.seen.candidate);
    const soon = beginPass(start, standing({ oldest: '120', newest: '120', at: 1_599, floor: '9' }), how);
    expect(soon.pass?.to.candidate).toEqual(start.seen.candidate);
    expect(to({ oldest: '120', newest: '120', at: 1_599 })).toBe('5');
  });

  it('is kept until the last page was read: a pass that is broken off is gone on with', () => {
    const begun = beginPass(startAt(standing(), true), standing({ oldest: '200', newest: '200' }), how);
    if (begun.pass === null) throw new Error('a pass has begun');
    const page = afterPage(begun, begun.pass, ['7']);
    expect(page.seen).toEqual(begun.seen);
    expect(page.pass?.after).toEqual(['7']);
    const end = afterPage(page, begun.pass, null);
    expect(end.pass).toBeNull();
    expect(end.seen.oldest).toBe('200');
  });

  it('never passes over a transaction that could still commit, whatever the order they end in', () => {
    // Transactions begin one after the other and end in any order; a poll comes in between, now and then.
    const events = fc.array(
      fc.oneof(fc.constant('begin' as const), fc.nat(9), fc.constant('poll' as const)),
      {
        maxLength: 80,
      },
    );
    fc.assert(
      fc.property(events, numbers, (steps, first) => {
        let newest = first;
        let at = 0;
        const open = new Set<bigint>();
        const unseen = new Set<bigint>();
        const now = (): Standing => {
          const oldest = [...open].reduce((low, one) => (one < low ? one : low), newest);
          return standing({ oldest: String(oldest), newest: String(newest), at });
        };
        let position = startAt(now(), true);
        for (const step of steps) {
          at += 100;
          if (step === 'begin') open.add(newest++);
          else if (step === 'poll') {
            const begun = beginPass(position, now(), how);
            for (const one of unseen) {
              expect(one >= BigInt(position.seen.oldest)).toBe(true);
              unseen.delete(one);
            }
            if (begun.pass !== null) position = afterPage(begun, begun.pass, null);
          } else {
            const ended = [...open][step % Math.max(1, open.size)];
            if (ended !== undefined) {
              open.delete(ended);
              unseen.add(ended);
            }
          }
        }
      }),
    );
  });

  it('is refused on another server and on one whose transaction numbers went backwards, by 64 bits', () => {
    const high = 2n ** 32n + 5n;
    const position = startAt(standing({ oldest: String(high), newest: String(high) }), true);
    const lost = expect.objectContaining({ code: 'SOURCE_HISTORY_LOST' });
    expect(() => beginPass(position, standing({ history: 'another', oldest: String(high) }), how)).toThrow(
      lost,
    );
    // As text and in 32 bits these would be greater.
    for (const oldest of ['999', String(2n ** 32n - 1n), String(high - 1n)])
      expect(() => refuseOtherHistory(position, standing({ oldest }))).toThrow(lost);
    expect(() => refuseOtherHistory(position, standing({ oldest: String(high) }))).not.toThrow();
  });
});
