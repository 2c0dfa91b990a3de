import { describe, expect, it } from '@jest/globals';
import { isBehind } from '../../../../connectors/mysql/changes/await-visible.ts';
import { Gathered } from '../../../../connectors/mysql/changes/gathered.ts';
import { keyColumn } from '../../../../connectors/mysql/key-column.ts';

const ID = keyColumn({
  name: 'id',
  kind: 'integer',
  charset: '',
  collation: '',
  unbounded: false,
  decimals: 0,
  timestamp: false,
  width: 0,
});
const place = (gtid: string) => ({ gtid, file: 'binlog.000001', offset: 4 });
const rows = (first: number, count: number) =>
  ({ kind: 'rows', rows: Array.from({ length: count }, (_, n) => ({ id: first + n })) }) as const;

function gathered(): Gathered {
  return new Gathered({ database: 'd', table: 'people' }, [ID]);
}

describe('what was heard from the log', () => {
  it('is handed out in parts, the position with the last one', () => {
    const heard = gathered();
    heard.add({ kind: 'begin', position: 'p1', place: place('g2') });
    heard.add({ kind: 'prepare', xid: 'x' });
    heard.add(rows(0, 4_500));
    expect(heard.isFull).toBe(false);
    heard.add({ kind: 'begin', position: 'p2', place: place('g3') });
    heard.add({ kind: 'prepared', xid: 'x', committed: true });
    heard.add({ kind: 'commit', position: 'p3' });
    const parts = [heard.take(), heard.take(), heard.take()];
    expect(parts.map(({ keys, position }) => [keys.length, position])).toEqual([
      [2_000, null],
      [2_000, null],
      [500, 'p3'],
    ]);
    // Of the transaction that committed, not of the one that prepared.
    expect(parts.map((part) => part.place?.gtid)).toEqual(['g3', 'g3', 'g3']);
    expect(heard.hasNews).toBe(false);
  });

  it('is everything when more was prepared than is remembered', () => {
    const heard = gathered();
    heard.add({ kind: 'prepare', xid: 'x' });
    heard.add(rows(0, 100_001));
    heard.add({ kind: 'prepared', xid: 'x', committed: true });
    heard.add({ kind: 'commit', position: 'p' });
    expect(heard.take()).toMatchObject({ keys: [], reset: true, position: 'p' });
    heard.add({ kind: 'prepared', xid: 'unknown', committed: false });
    heard.add({ kind: 'commit', position: 'q' });
    expect(heard.take()).toMatchObject({ keys: [], reset: false, position: 'q' });
  });
});

describe('a place in the log of MariaDB', () => {
  it.each([
    [['binlog.000001', 5], ['binlog.000001', 4], true],
    [['binlog.000001', 4], ['binlog.000001', 4], false],
    [['binlog.000010', 4], ['binlog.000009', 900], true],
    [['binlog.999999', 900], ['binlog.1000000', 4], false],
    [['', 0], ['binlog.000001', 4], false],
  ] as const)('%j is behind %j: %s', ([file, offset], [other, at], behind) => {
    expect(isBehind({ file, offset }, { file: other, offset: at })).toBe(behind);
  });
});
