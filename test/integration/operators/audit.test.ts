import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { noteAnchor, readAnchor } from '../../../src/app/operators/audit-anchor.ts';
import { verifyAudit } from '../../../src/app/operators/verify-audit.ts';
import type { AppContext } from '../../../src/app/context.ts';
import { appendAudit } from '../../../src/store/operators/append-audit.ts';
import { createWorld, type World } from '../../support/context.ts';

let world: World;
let context: AppContext;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-audit-'));
  world = await createWorld('', { dataDirectory: folder });
  context = world.context;
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** As somebody who owns the database can. */
async function tamper(...statements: readonly string[]): Promise<void> {
  await context.store.transaction(async (tx) => {
    await tx.query('ALTER TABLE audit_entries DISABLE TRIGGER audit_refuse');
    for (const statement of statements) await tx.query(statement);
    await tx.query('ALTER TABLE audit_entries ENABLE TRIGGER audit_refuse');
  });
}

async function append(subject: string): Promise<void> {
  const detail = { b: 1, a: { d: [1, { z: 1, y: null }], c: 'é\u2028' }, at: new Date(0), gone: undefined };
  await context.store.transaction(
    async (tx) => await appendAudit(tx, context.keyring, { actor: 'anna', action: 'test', subject, detail }),
  );
}

async function faults(): Promise<readonly string[]> {
  return (await verifyAudit(context)).faults.map(({ code, seq }) => `${seq} ${code}`);
}

beforeEach(async () => {
  await tamper('TRUNCATE audit_entries', 'DELETE FROM audit_head');
  await rm(join(folder, 'audit-anchors'), { force: true });
  for (let entry = 1; entry <= 6; entry += 1) await append(`entry ${String(entry)}`);
});

describe('the audit log', () => {
  it('is whole, also when many write at once', async () => {
    await Promise.all(Array.from({ length: 8 }, async (_, at) => await append(`at once ${String(at)}`)));
    expect(await verifyAudit(context)).toMatchObject({ entries: 14, faults: [] });
  });

  it('takes no changes from the application’s own login', async () => {
    for (const statement of [
      'DELETE FROM audit_entries',
      "UPDATE audit_entries SET actor = 'x'",
      'TRUNCATE audit_entries',
    ])
      await expect(context.store.read.query(statement)).rejects.toThrow('append-only');
  });

  it.each([
    ['an actor', `UPDATE audit_entries SET actor = 'eve' WHERE seq = 3`],
    ['a time', `UPDATE audit_entries SET at = at + interval '1 microsecond' WHERE seq = 3`],
    ['a detail', `UPDATE audit_entries SET detail = detail || '{"b": 2}' WHERE seq = 3`],
    ['a subject', `UPDATE audit_entries SET subject = subject || ' ' WHERE seq = 3`],
  ])('shows that %s was edited', async (_, statement) => {
    await tamper(statement);
    expect(await faults()).toEqual(['3 AUDIT_ENTRY_CHANGED']);
  });

  it('shows that one was removed from the middle', async () => {
    await tamper('DELETE FROM audit_entries WHERE seq = 3');
    expect(await faults()).toEqual(['3 AUDIT_ENTRIES_MISSING']);
  });

  it('shows that one was removed and the others moved up', async () => {
    await tamper(
      'DELETE FROM audit_entries WHERE seq = 3',
      'UPDATE audit_entries SET seq = -seq WHERE seq > 3',
      'UPDATE audit_entries SET seq = -seq - 1 WHERE seq < 0',
    );
    const found = await faults();
    expect(found).toContain('3 AUDIT_ENTRY_CHANGED');
    expect(found).toContain('6 AUDIT_CUT_OFF');
  });

  it('shows that two changed places', async () => {
    await tamper(
      'UPDATE audit_entries SET seq = -2 WHERE seq = 2',
      'UPDATE audit_entries SET seq = 2 WHERE seq = 4',
      'UPDATE audit_entries SET seq = 4 WHERE seq = -2',
    );
    const found = await faults();
    expect(found).toContain('2 AUDIT_ENTRY_CHANGED');
    expect(found).toContain('4 AUDIT_ENTRY_CHANGED');
  });

  it('shows that one was forged at the end', async () => {
    await tamper(
      `INSERT INTO audit_entries SELECT 7, now(), 'eve', 'test', 'nothing', '{}', sha256('x') FROM generate_series(1, 1)`,
    );
    expect(await faults()).toEqual(['7 AUDIT_ENTRY_CHANGED']);
  });

  it('shows that the end was cut off', async () => {
    await tamper('DELETE FROM audit_entries WHERE seq > 4');
    expect(await faults()).toEqual(['5 AUDIT_CUT_OFF']);
  });

  it('shows that the end was cut off and the head made to fit', async () => {
    await tamper('DELETE FROM audit_entries WHERE seq > 4', 'UPDATE audit_head SET seq = 4');
    expect(await faults()).toEqual(['4 AUDIT_HEAD_CHANGED']);
    await tamper('UPDATE audit_head SET seal = NULL');
    expect(await faults()).toEqual(['4 AUDIT_HEAD_CHANGED']);
    await tamper('DELETE FROM audit_head');
    expect(await faults()).toEqual(['4 AUDIT_HEAD_CHANGED']);
  });

  it('shows that an older log with its own head was put back, by what was noted outside of the store', async () => {
    const [head] =
      await context.store.read.query<{ seq: string; seal: Buffer }[]>('SELECT * FROM audit_head');
    await append('what somebody wants to hide');
    expect(await noteAnchor(context)).toMatchObject({ seq: 7n });
    expect(await noteAnchor(context)).toBeNull();
    await tamper('DELETE FROM audit_entries WHERE seq > 6');
    await context.store.read.query('UPDATE audit_head SET seq = $1, seal = $2', [head?.seq, head?.seal]);
    expect(await faults()).toEqual(['7 AUDIT_CUT_OFF']);
    await append('something harmless in its place');
    expect(await faults()).toEqual(['7 AUDIT_REWRITTEN']);
  });

  it('compares with anchors that somebody kept', async () => {
    const [head] =
      await context.store.read.query<{ seq: string; seal: Buffer }[]>('SELECT * FROM audit_head');
    await append('what somebody wants to hide');
    await noteAnchor(context);
    const noted = (await readFile(join(folder, 'audit-anchors'), 'utf8')).trim();
    await rm(join(folder, 'audit-anchors'));
    const anchor = readAnchor(noted);
    expect(anchor).toMatchObject({ seq: 7n });
    await tamper('DELETE FROM audit_entries WHERE seq > 6');
    await context.store.read.query('UPDATE audit_head SET seq = $1, seal = $2', [head?.seq, head?.seal]);
    expect(await faults()).toEqual([]);
    expect((await verifyAudit(context, [anchor!])).faults).toMatchObject([
      { code: 'AUDIT_CUT_OFF', seq: '7' },
    ]);
  });

  it('takes nothing for an anchor that is none', () => {
    for (const text of ['', '1', 'x:y', `1:${'a'.repeat(42)}`, `-1:${'a'.repeat(43)}`])
      expect(readAnchor(text)).toBeNull();
  });
});
