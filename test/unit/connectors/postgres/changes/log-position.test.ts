import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Checkpoint } from '../../../../../connectors/contract/change.ts';
import {
  parseLsn,
  printLsn,
  readLogPosition,
  writeLogPosition,
} from '../../../../../connectors/postgres/changes/log-position.ts';
import { refuseLostHistory, type Present } from '../../../../../connectors/postgres/changes/slot.ts';

const places = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

describe('a place in the log', () => {
  it('is a number of 64 bits that PostgreSQL writes in two halves', () => {
    expect(parseLsn('16/B374D848')).toBe(0x16_b374_d848n);
    expect(printLsn(0x16_b374_d848n)).toBe('16/B374D848');
    fc.assert(fc.property(places, (place) => expect(parseLsn(printLsn(place))).toBe(place)));
    fc.assert(
      fc.property(places, places, (a, b) =>
        expect(parseLsn(printLsn(a)) < parseLsn(printLsn(b))).toBe(a < b),
      ),
    );
  });

  it('is stored with the server and the publication that it belongs to', () => {
    const words = fc.stringMatching(/^[\w/.-]+$/);
    fc.assert(
      fc.property(places, words, words, (place, server, mark) => {
        const position = { lsn: printLsn(place), server, publication: `${mark}.` };
        expect(readLogPosition(writeLogPosition(position))).toEqual(position);
      }),
    );
  });

  it.each([
    '',
    'postgres-lsn/1:',
    'postgres-lsn/1:0/0 s',
    'postgres-lsn/1:0/0 s 1.2.*',
    'postgres-lsn/1:x s 1.',
    'postgres-poll/1:0/0 s 1.',
    'postgres-lsn/1:0/0 s 1. more.',
  ])('is not read from %j', (text) => {
    expect(() => readLogPosition(text as Checkpoint)).toThrow(
      expect.objectContaining({ code: 'CHECKPOINT_FOREIGN' }),
    );
  });

  describe('can be read from', () => {
    const from = { lsn: '0/500', server: 's/1/1', publication: '7.8.1.' };
    const slot = { confirmed: '0/400', activePid: null, lost: false, retainedBytes: 0 };
    const present: Present = { server: 's/1/1', publication: '7.8.1.', slot, end: '0/600' };

    it('between what was let go of and the end', () => {
      for (const lsn of ['0/400', '0/500', '0/600'])
        expect(() => refuseLostHistory({ ...from, lsn }, present)).not.toThrow();
    });

    it.each<[string, Partial<Present>]>([
      ['the slot is gone', { slot: null }],
      ['its history is gone', { slot: { ...slot, lost: true } }],
      ['it never stood for anything', { slot: { ...slot, confirmed: null } }],
      ['the server, the timeline or the database is another one', { server: 's/1/2' }],
      ['the publication is another one', { publication: '7.9.1.' }],
      ['it begins later', { slot: { ...slot, confirmed: '0/501' } }],
      ['the log ends before it', { end: '0/4FF' }],
    ])('not when %s', (_, now) => {
      expect(() => refuseLostHistory(from, { ...present, ...now })).toThrow(
        expect.objectContaining({ code: 'SOURCE_HISTORY_LOST' }),
      );
    });
  });
});
