import { describe, expect, it } from '@jest/globals';
import type { Connector, PasswordChange, PasswordOutcome } from '../../connectors/contract/connector.ts';
import type { AlsoValue } from '../../connectors/contract/definition.ts';
import type { SourceValue } from '../../connectors/contract/record.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import { codes } from './checking.ts';
import { fingerprintsOf, key, makeTable, never, openOn, type ConnectorFixture } from './fixture.ts';

/** Where a login may write hashes and not read them. */
export function describeComparing(fixture: () => ConnectorFixture): void {
  const people = async (): Promise<string> =>
    await makeTable(
      fixture(),
      `id bigint PRIMARY KEY, mail varchar(20), pw varchar(60), version integer, changed ${fixture().dialect.time}, tag varchar(20)`,
      [
        "(1,'a','old',7,'2024-02-29 10:00:00','t')",
        "(2,'b','old',NULL,NULL,'t')",
        "(3,'a','other',7,NULL,'t')",
      ],
    );
  const opening = (compare: string, also: Readonly<Record<string, AlsoValue>> = {}) => ({
    columns: ['mail', compare].toSorted(),
    passwordColumn: null,
    writeBack: { also, unread: { column: 'pw', compare } },
  });
  const replace = async (
    connector: Connector,
    [id, expected]: readonly [string, SourceValue],
    more: Partial<PasswordChange> = {},
  ): Promise<PasswordOutcome> => {
    const change = { key: key(id), replacement: new Secret('new'), ...more };
    return await connector.passwords!.replace(
      { ...change, expected: expected === null ? null : new Secret(expected) },
      never,
    );
  };
  const stored = async (table: string): Promise<unknown[]> =>
    (await fixture().execute(`SELECT pw FROM ${table} ORDER BY id`)).map((row) => row['pw']);
  const valueOf = (outcome: PasswordOutcome, column: string): SourceValue | undefined =>
    'record' in outcome ? outcome.record.values[column] : undefined;

  describe('writing a password that may not be read', () => {
    it('compares the column in its place, moves it on, and tells its value before the commit', async () => {
      const table = await people();
      await using connector = openOn(fixture(), table, opening('version'));
      const told: SourceValue[] = [];
      const beforeCommit = (value: SourceValue): Promise<void> => Promise.resolve(void told.push(value));
      const outcome = await replace(connector, ['1', '7'], { beforeCommit });
      expect(outcome).toMatchObject({ outcome: 'written', record: { passwordHash: null } });
      expect([valueOf(outcome, 'version'), ...told]).toEqual(['8', '8']);
      expect(valueOf(await replace(connector, ['2', null]), 'version')).toBe('1');
      expect(await stored(table)).toEqual(['new', 'new', 'other']);
      const fingerprints = await fingerprintsOf(connector);
      expect('record' in outcome ? outcome.record.fingerprint : null).toBe(fingerprints.get('1'));
      await fixture().execute(`UPDATE ${table} SET pw = 'unseen'`);
      expect(await fingerprintsOf(connector)).toEqual(fingerprints);
    });

    it('is a conflict when the column says something else, after a lost answer too', async () => {
      const table = await people();
      await using connector = openOn(fixture(), table, opening('version'));
      for (const expected of ['6', '07', '7 ', null])
        expect(await replace(connector, ['1', expected])).toMatchObject({
          outcome: 'conflict',
          current: { values: { version: '7' }, passwordHash: null },
        });
      await expect(replace(connector, ['9', '7'])).resolves.toEqual({ outcome: 'missing' });
      expect(await stored(table)).toEqual(['old', 'old', 'other']);
      await replace(connector, ['1', '7']);
      expect(await replace(connector, ['1', '7'])).toMatchObject({
        outcome: 'conflict',
        current: { values: { version: '8' } },
      });
      expect(await replace(connector, ['1', '8'])).toMatchObject({ outcome: 'written' });
    });

    it('writes nothing when nobody could remember what was written', async () => {
      const table = await people();
      await using connector = openOn(fixture(), table, opening('version'));
      const beforeCommit = (): Promise<void> => Promise.reject(new Error('the store is away'));
      await expect(replace(connector, ['1', '7'], { beforeCommit })).rejects.toThrow();
      expect(await stored(table)).toEqual(['old', 'old', 'other']);
      expect(await replace(connector, ['1', '7'])).toMatchObject({ outcome: 'written' });
    });

    it('moves a time on with every write, however soon after the last', async () => {
      const table = await people();
      await using connector = openOn(fixture(), table, opening('changed', { changed: 'now', tag: 'set' }));
      const [record] = await connector.records.get([key('1')], never);
      let last = record?.values['changed'] ?? null;
      for (let times = 0; times < 3; times += 1) {
        const outcome = await replace(connector, ['1', last], { replacement: new Secret(`new-${times}`) });
        expect(outcome.outcome).toBe('written');
        const next = valueOf(outcome, 'changed') ?? null;
        expect(String(next) > String(last)).toBe(true);
        last = next;
      }
      expect(valueOf(await replace(connector, ['2', null]), 'changed')).toMatch(/^20\d\d-/);
      expect(await fixture().execute(`SELECT pw, tag FROM ${table} WHERE id = 1`)).toMatchObject([
        { pw: 'new-2', tag: 'set' },
      ]);
    });

    it('takes a write back that leaves the column as it was; a trigger may move it', async () => {
      const table = await people();
      await using connector = openOn(fixture(), table, opening('tag'));
      await expect(replace(connector, ['1', 't'])).rejects.toMatchObject({ code: 'WRITE_NOT_KEPT' });
      expect(await stored(table)).toEqual(['old', 'old', 'other']);
      for (const statement of fixture().dialect.rewriteOnUpdate(table, 'tag'))
        await fixture().execute(statement);
      expect(valueOf(await replace(connector, ['1', 't']), 'tag')).toBe('t!');
    });

    it('lets exactly one of many writers win', async () => {
      const table = await people();
      await using one = openOn(fixture(), table, opening('version'));
      await using two = openOn(fixture(), table, opening('version'));
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          replace(n % 2 === 0 ? one : two, ['1', '7'], { replacement: new Secret(`new-${n}`) }),
        ),
      );
      const winners = outcomes.flatMap(({ outcome }, n) => (outcome === 'written' ? [`new-${n}`] : []));
      expect(winners).toHaveLength(1);
      expect((await stored(table))[0]).toBe(winners[0]);
    });

    it('needs no right to read it, and says when there is one', async () => {
      const { createLogin } = fixture();
      // A file has no rights for a column.
      if (createLogin === undefined) return;
      const table = await people();
      await using owner = openOn(fixture(), table, opening('tag'));
      const said = codes(await owner.check(never), 'warning');
      expect(said).toEqual(
        expect.arrayContaining(['rights RIGHTS_BEYOND_NEED', 'write-back COMPARED_MUST_MOVE']),
      );
      const login = await createLogin();
      const as = { connection: { user: login.user }, password: login.password };
      await using connector = openOn(fixture(), table, { ...opening('version'), ...as });
      expect(codes(await connector.check(never), 'error')).not.toEqual([]);
      for (const statement of connector.grants().split(/;\s*$/m))
        if (statement.replaceAll(/--.*/g, '').trim() !== '') await fixture().execute(statement);
      const findings = await connector.check(never);
      expect(codes(findings, 'error')).toEqual([]);
      expect(codes(findings, 'warning').filter((code) => /^(?:rights|write)/.test(code))).toEqual([
        'write-back HASH_COLUMN_NARROW',
      ]);
      await expect(connector.passwords?.capacity(never)).resolves.toBe(60);
      expect(await replace(connector, ['1', '7'])).toMatchObject({ outcome: 'written' });
      expect(await stored(table)).toEqual(['new', 'old', 'other']);
      await using nosy = openOn(fixture(), table, as);
      await expect(nosy.records.page(null, 1, never)).rejects.toMatchObject({
        code: 'SOURCE_PERMISSION_DENIED',
      });
    });
  });
}
