import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LogBatch } from '../../../../../connectors/postgres/changes/log-batch.ts';
import type { LogMessage } from '../../../../../connectors/postgres/changes/log-stream.ts';

const OURS = 4_000_000_000;
const OTHER = 5;
const FOR_EVER = 2 ** 31;

/** The parser makes signed numbers of 32 bits. */
const relation = (oid: number) => ({ relationOid: oid | 0 });
const message = (parts: object): LogMessage => parts as LogMessage;
const begin = (xid: number): LogMessage => message({ tag: 'begin', xid: xid | 0 });
const commit = (lsn: string): LogMessage => message({ tag: 'commit', commitEndLsn: lsn });
const idle = (lsn: string): LogMessage => ({ tag: 'idle', lsn });
const insert = (id: string | null, oid = OURS): LogMessage =>
  message({ tag: 'insert', relation: relation(oid), new: { id } });
const update = (parts: object): LogMessage =>
  message({ tag: 'update', relation: relation(OURS), key: null, old: null, ...parts });
const remove = (parts: object): LogMessage =>
  message({ tag: 'delete', relation: relation(OURS), key: null, old: null, ...parts });
const truncate = (...oids: number[]): LogMessage =>
  message({ tag: 'truncate', relations: oids.map(relation) });

function aBatch(key: readonly string[] = ['id'], idleMs = FOR_EVER): LogBatch {
  return new LogBatch(key, { oid: String(OURS), lsn: '0/100', idleMs });
}

function after(...messages: readonly LogMessage[]): LogBatch {
  const batch = aBatch();
  for (const each of messages) batch.add(each);
  return batch;
}

describe('what the log says, gathered', () => {
  it('is the keys of our table, each once, with the transactions that wrote them', () => {
    const batch = after(
      begin(3_000_000_000),
      insert('1'),
      insert('9', OTHER),
      insert('1'),
      commit('0/200'),
      begin(7),
      insert('2'),
      commit('0/300'),
    );
    expect(batch.worthTelling).toBe(true);
    expect(batch.take()).toEqual({
      reset: false,
      keys: [['1'], ['2']],
      xids: [3_000_000_000, 7],
      lsn: '0/300',
    });
    expect(batch.worthTelling).toBe(false);
  });

  it('names both keys when one was changed, and the one that is gone', () => {
    const batch = after(
      begin(1),
      update({ key: { id: '1' }, new: { id: '2' } }),
      update({ old: { id: '3', mail: 'a' }, new: { id: '3', mail: 'b' } }),
      update({ new: { id: '4' } }),
      remove({ key: { id: '5' } }),
      remove({ old: { id: '6' } }),
      commit('0/200'),
    );
    expect(batch.take().keys.flat()).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  it('takes a part of a key that the log leaves out from what was before, and no record without a whole key', () => {
    const batch = aBatch(['realm', 'id']);
    batch.add(begin(1));
    batch.add(update({ old: { realm: 'long', id: '1' }, new: { realm: undefined, id: '2' } }));
    batch.add(insert('3'));
    batch.add(commit('0/200'));
    expect(batch.take().keys).toEqual([
      ['long', '1'],
      ['long', '2'],
    ]);
  });

  it('has no place in the log inside a transaction, and tells of its end although nothing is left to tell', () => {
    const batch = after(begin(1), insert('1'));
    expect(batch.worthTelling).toBe(false);
    expect(batch.take()).toMatchObject({ keys: [['1']], lsn: null });
    batch.add(idle('0/180'));
    expect(batch.worthTelling).toBe(false);
    batch.add(commit('0/200'));
    expect(batch.worthTelling).toBe(true);
    expect(batch.take()).toEqual({ reset: false, keys: [], xids: [], lsn: '0/200' });
    expect(batch.worthTelling).toBe(false);
  });

  it('tells of a truncation of our table alone', () => {
    expect(after(begin(1), truncate(OTHER), commit('0/200')).worthTelling).toBe(false);
    const batch = after(begin(1), truncate(OTHER, OURS), insert('1'), commit('0/200'));
    expect(batch.take()).toMatchObject({ reset: true, keys: [['1']] });
    expect(batch.take().reset).toBe(false);
  });

  it('tells now and then how far the server has looked, and never goes back', () => {
    const still = after(idle('0/180'), idle('0/90'));
    expect(still.worthTelling).toBe(false);
    expect(still.take().lsn).toBe('0/180');
    const eager = aBatch(['id'], 0);
    expect(eager.worthTelling).toBe(false);
    eager.add(idle('0/100'));
    expect(eager.worthTelling).toBe(false);
    eager.add(idle('1/0'));
    expect(eager.worthTelling).toBe(true);
  });

  it('says when the columns of our table are other ones', () => {
    const columns = (oid: number, ...names: string[]): LogMessage =>
      message({ tag: 'relation', ...relation(oid), columns: names.map((name) => ({ name, typeOid: 20 })) });
    const batch = aBatch();
    const said = [
      columns(OURS, 'id'),
      columns(OTHER, 'a'),
      columns(OURS, 'id'),
      columns(OURS, 'id', 'mail'),
      columns(OTHER, 'b'),
    ].map((each) => batch.add(each));
    expect(said).toEqual([false, false, false, true, false]);
  });

  it('loses no key and gives no place before its time, wherever it is taken', () => {
    const transactions = fc.array(fc.array(fc.nat(2_000), { maxLength: 700 }), { maxLength: 6 });
    fc.assert(
      fc.property(transactions, fc.array(fc.nat(20), { minLength: 1 }), (all, pauses) => {
        const batch = aBatch();
        const told = new Set<string>();
        let taken = 0;
        all.forEach((keys, at) => {
          const promised = `0/${(0x200 + at).toString(16).toUpperCase()}`;
          batch.add(begin(at + 10));
          keys.forEach((id, n) => {
            batch.add(insert(String(id)));
            taken += 1;
            if (!batch.full && n % 21 !== pauses[taken % pauses.length]) return;
            const { keys: some, lsn } = batch.take();
            expect(lsn).toBeNull();
            for (const [part] of some) told.add(part ?? '');
          });
          batch.add(commit(promised));
          expect(batch.worthTelling).toBe(keys.length > 0);
          const { keys: rest, lsn } = batch.take();
          expect(lsn).toBe(promised);
          for (const [part] of rest) told.add(part ?? '');
          for (const id of keys) expect(told.has(String(id))).toBe(true);
        });
      }),
    );
  });
});
