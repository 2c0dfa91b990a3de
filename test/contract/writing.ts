import { describe, expect, it } from '@jest/globals';
import type { Connector, PasswordOutcome, PasswordWriter } from '../../connectors/contract/connector.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import { fingerprintsOf, key, makeTable, never, openOn, type ConnectorFixture } from './fixture.ts';

const secret = (text: string | null): Secret | null => (text === null ? null : new Secret(text));

function writer(connector: Connector): PasswordWriter {
  if (connector.passwords === undefined) throw new Error('this connector cannot write');
  return connector.passwords;
}

async function replace(
  connector: Connector,
  id: string,
  [from, to]: readonly [string | null, string],
): Promise<PasswordOutcome> {
  return await writer(connector).replace(
    { key: key(id), expected: secret(from), replacement: new Secret(to) },
    never,
  );
}

export function describeWriting(fixture: () => ConnectorFixture): void {
  const stored = async (table: string): Promise<unknown[]> =>
    (await fixture().execute(`SELECT pw FROM ${table} ORDER BY id`)).map((row) => row['pw']);
  const people = async (...rows: string[]): Promise<string> =>
    await makeTable(fixture(), 'id bigint PRIMARY KEY, mail varchar(20), pw varchar(60)', rows);

  describe('writing a password', () => {
    it('replaces the one that is expected, and says what the record then is', async () => {
      const table = await people("(1,'a','old')", "(2,'b','old')");
      await using connector = openOn(fixture(), table);
      const outcome = await replace(connector, '1', ['old', 'new']);
      expect(outcome.outcome).toBe('written');
      expect(await stored(table)).toEqual(['new', 'old']);
      const record = outcome.outcome === 'written' ? outcome.record : null;
      expect(record?.fingerprint).toBe((await fingerprintsOf(connector)).get('1'));
      expect(record?.passwordHash?.reveal()).toBe('new');
    });

    it('fills an absent one', async () => {
      const table = await people("(1,'a',NULL)", "(2,'b','')");
      await using connector = openOn(fixture(), table);
      await expect(replace(connector, '1', [null, 'new'])).resolves.toMatchObject({ outcome: 'written' });
      await expect(replace(connector, '2', [null, 'new'])).resolves.toMatchObject({ outcome: 'conflict' });
      expect(await stored(table)).toEqual(['new', '']);
    });

    it('answers `already` when an earlier attempt got through', async () => {
      const table = await people("(1,'a','old')");
      await using connector = openOn(fixture(), table);
      await replace(connector, '1', ['old', 'new']);
      await expect(replace(connector, '1', ['old', 'new'])).resolves.toMatchObject({ outcome: 'already' });
    });

    it.each([
      ['another hash', 'else'],
      ['another case', 'OLD'],
      ['a trailing space', 'old '],
      ['a leading space', ' old'],
      ['another Unicode form', 'o\u006c\u0064\u0301'],
    ])('is a conflict with %s, and writes nothing', async (_, expected) => {
      const table = await people("(1,'a','old')");
      await using connector = openOn(fixture(), table);
      const outcome = await replace(connector, '1', [expected, 'new']);
      expect(outcome.outcome).toBe('conflict');
      expect(outcome.outcome === 'conflict' ? outcome.current.passwordHash?.reveal() : null).toBe('old');
      expect(await stored(table)).toEqual(['old']);
    });

    it('is not `already` when the stored hash differs in case or by a space', async () => {
      const table = await people("(1,'a','NEW')", "(2,'b','new ')");
      await using connector = openOn(fixture(), table);
      await expect(replace(connector, '1', ['old', 'new'])).resolves.toMatchObject({ outcome: 'conflict' });
      await expect(replace(connector, '2', ['old', 'new'])).resolves.toMatchObject({ outcome: 'conflict' });
    });

    it('finds nobody outside of the scope, under no key, under a key that is no such value', async () => {
      const table = await people("(1,'out','old')");
      await using connector = openOn(fixture(), table, {
        source: { table, key: ['id'], where: "mail = 'in'" },
      });
      for (const id of ['1', '2', 'abc', '01', '1\0'])
        await expect(replace(connector, id, ['old', 'new'])).resolves.toEqual({ outcome: 'missing' });
      expect(await stored(table)).toEqual(['old']);
    });

    it('writes other columns along, which may take the record out of scope', async () => {
      const table = await makeTable(
        fixture(),
        `id bigint PRIMARY KEY, mail varchar(20), pw varchar(60), must_change boolean, note varchar(20), tries integer, changed ${fixture().dialect.time}`,
        ["(1,'a','old',true,'x',3,NULL)"],
      );
      await using connector = openOn(fixture(), table, {
        source: { table, key: ['id'], where: 'must_change' },
        writeBack: { also: { must_change: false, note: null, tries: 0, changed: 'now' } },
      });
      await expect(replace(connector, '1', ['old', 'new'])).resolves.toMatchObject({ outcome: 'written' });
      const [row] = await fixture().execute(
        `SELECT pw, note, tries, CASE WHEN must_change THEN 'yes' ELSE 'no' END AS must, CASE WHEN changed IS NULL THEN 'no' ELSE 'yes' END AS dated FROM ${table}`,
      );
      expect(row).toMatchObject({ pw: 'new', note: null, must: 'no', dated: 'yes' });
      expect(Number(row?.['tries'])).toBe(0);
    });

    it('writes what a change brings along instead of what every change writes', async () => {
      const table = await makeTable(
        fixture(),
        'id bigint PRIMARY KEY, mail varchar(20), pw varchar(60), salt varchar(20)',
        ["(1,'a','old','pepper')", "(2,'b','old','pepper')"],
      );
      await using connector = openOn(fixture(), table, {
        columns: ['mail', 'salt'],
        writeBack: { also: { salt: '' } },
      });
      const change = { expected: secret('old'), replacement: new Secret('new') };
      const also = { salt: new Secret('cumin') };
      const first = await writer(connector).replace({ key: key('1'), ...change, also }, never);
      expect(first).toMatchObject({ outcome: 'written', record: { values: { salt: 'cumin' } } });
      await writer(connector).replace({ key: key('2'), ...change }, never);
      const rows = await fixture().execute(`SELECT pw, salt FROM ${table} ORDER BY id`);
      expect(rows).toMatchObject([
        { pw: 'new', salt: 'cumin' },
        { pw: 'new', salt: '' },
      ]);
    });

    it('takes back a write that a trigger changes', async () => {
      const table = await people("(1,'a','old')");
      for (const statement of fixture().dialect.rewriteOnUpdate(table, 'pw'))
        await fixture().execute(statement);
      await using connector = openOn(fixture(), table);
      await expect(replace(connector, '1', ['old', 'new'])).rejects.toMatchObject({ code: 'WRITE_NOT_KEPT' });
      expect(await stored(table)).toEqual(['old']);
    });

    it('takes back a write whose other columns a trigger changes', async () => {
      const table = await people("(1,'a','old')");
      for (const statement of fixture().dialect.rewriteOnUpdate(table, 'mail'))
        await fixture().execute(statement);
      await using connector = openOn(fixture(), table, { writeBack: { also: { mail: 'told' } } });
      await expect(replace(connector, '1', ['old', 'new'])).rejects.toMatchObject({ code: 'WRITE_NOT_KEPT' });
      expect(await stored(table)).toEqual(['old']);
    });

    it('says that a trigger refuses', async () => {
      const refusing = await people("(1,'a','old')");
      for (const statement of fixture().dialect.refuseUpdate(refusing)) await fixture().execute(statement);
      await using first = openOn(fixture(), refusing);
      await expect(replace(first, '1', ['old', 'new'])).rejects.toMatchObject({ code: 'WRITE_REFUSED' });
    });

    it('says that a column is too narrow, where columns have a width', async () => {
      const narrow = await people("(1,'a','old')");
      await using second = openOn(fixture(), narrow);
      if (fixture().dialect.anyWidth === true) {
        await expect(writer(second).capacity(never)).resolves.toBeNull();
        await expect(replace(second, '1', ['old', 'x'.repeat(61)])).resolves.toMatchObject({
          outcome: 'written',
        });
        return;
      }
      await expect(replace(second, '1', ['old', 'x'.repeat(61)])).rejects.toMatchObject({
        code: 'WRITE_REFUSED',
      });
      await expect(writer(second).capacity(never)).resolves.toBe(60);
      expect(await stored(narrow)).toEqual(['old']);
    });

    it('never writes two rows', async () => {
      const table = await makeTable(fixture(), 'id bigint, mail varchar(20), pw varchar(60)', [
        "(1,'a','old')",
        "(1,'b','old')",
      ]);
      await using connector = openOn(fixture(), table);
      await expect(replace(connector, '1', ['old', 'new'])).rejects.toMatchObject({ code: 'KEY_NOT_UNIQUE' });
      expect(await stored(table)).toEqual(['old', 'old']);
    });

    it('lets exactly one of many writers win', async () => {
      const table = await people("(1,'a','old')");
      await using one = openOn(fixture(), table);
      await using two = openOn(fixture(), table);
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, n) => replace(n % 2 === 0 ? one : two, '1', ['old', `new-${n}`])),
      );
      const winners = outcomes.flatMap(({ outcome }, n) => (outcome === 'written' ? [`new-${n}`] : []));
      expect(winners).toHaveLength(1);
      expect(outcomes.filter(({ outcome }) => outcome === 'conflict')).toHaveLength(9);
      expect(await stored(table)).toEqual(winners);
    });

    it('is not offered where nothing is written back', async () => {
      const table = await people();
      await using readOnly = openOn(fixture(), table, { writeBack: null });
      await using noColumn = openOn(fixture(), table, { passwordColumn: null });
      expect(readOnly.passwords).toBeUndefined();
      expect(noColumn.passwords).toBeUndefined();
    });
  });
}
