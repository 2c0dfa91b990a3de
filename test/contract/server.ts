import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { Connector } from '../../connectors/contract/connector.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import { codes } from './checking.ts';
import {
  key,
  keysOf,
  makeTable,
  never,
  openOn,
  readAll,
  serverOf,
  type ConnectorFixture,
} from './fixture.ts';

const PEOPLE = 'id bigint PRIMARY KEY, mail varchar(20), pw varchar(200)';

/** What can be wrong on the road to a server. */
export function describeServerFaults(fixture: () => ConnectorFixture): void {
  describe('faults of the server', () => {
    it('names a wrong password, a missing database, a closed port and an unknown name', async () => {
      const real = await makeTable(fixture(), 'id bigint PRIMARY KEY, mail varchar(9), pw varchar(9)');
      const cases = [
        ['SOURCE_LOGIN_REFUSED', openOn(fixture(), real, { password: 'wrong' })],
        ['SOURCE_DATABASE_MISSING', openOn(fixture(), real, { connection: { database: 'nowhere' } })],
        [
          'SOURCE_UNREACHABLE',
          openOn(fixture(), real, { connection: { port: serverOf(fixture()).closedPort } }),
        ],
        ['SOURCE_TLS_FAILED', openOn(fixture(), real, { connection: { tls: 'verify-full' } })],
        ['SOURCE_NAME_UNKNOWN', openOn(fixture(), real, { connection: { host: 'no-such-host.invalid' } })],
      ] as const;
      for (const [code, connector] of cases) {
        await using opened = connector;
        await expect(opened.records.page(null, 1, never)).rejects.toMatchObject({
          name: 'ConnectorError',
          code,
        });
      }
    });
  });
}

/** Names and passwords are data, whatever is in them. */
export function describeOddWords(fixture: () => ConnectorFixture): void {
  describe('names and passwords of every kind', () => {
    it.each([`x'; DROP TABLE people; --`, '"', '`', 'å', 'a'.repeat(200), '%00', '--', 'x\\'])(
      'there is no database %j',
      async (database) => {
        await using connector = openOn(fixture(), 'people', { connection: { database } });
        await expect(connector.records.page(null, 1, never)).rejects.toMatchObject({
          name: 'ConnectorError',
          code: 'SOURCE_DATABASE_MISSING',
        });
      },
    );

    it.each(['', ' ', '%00', "'; --", 'line\nbreak', 'ö'.repeat(5_000), 'a\0b'])(
      'a wrong password is refused and not repeated: %j',
      async (password) => {
        await using connector = openOn(fixture(), 'people', { password });
        const refused = connector.records.page(null, 1, never);
        await expect(refused).rejects.toMatchObject({ name: 'ConnectorError' });
        const error: unknown = await refused.catch((thrown: unknown) => thrown);
        if (password.trim().length > 2) expect(inspect(error, { depth: null })).not.toContain(password);
      },
    );

    it.each([`a'b"c\\d`, 'line\nbreak', ' spaces ', 'Zoë 😀', 'x'.repeat(250)])(
      'a login gets in with the password %j',
      async (password) => {
        const table = await makeTable(fixture(), PEOPLE);
        const login = await serverOf(fixture()).createLogin(password);
        await using connector = openOn(fixture(), table, {
          connection: { user: login.user },
          password: login.password,
        });
        const findings = await connector.check(never);
        expect(findings.map(({ code }) => code)).not.toContain('SOURCE_LOGIN_REFUSED');
        expect(JSON.stringify(findings)).not.toContain(password);
      },
    );
  });
}

/** What checking says of that road. */
export function describeReach(fixture: () => ConnectorFixture): void {
  describe('checking the road', () => {
    it('names what is wrong with the road to the server', async () => {
      const table = await makeTable(fixture(), PEOPLE);
      const cases = [
        ['name SOURCE_NAME_UNKNOWN', { connection: { host: 'no-such-host.invalid' } }],
        ['address SOURCE_ADDRESS_REFUSED', { connection: { host: '169.254.169.254' } }],
        ['tcp SOURCE_UNREACHABLE', { connection: { port: serverOf(fixture()).closedPort } }],
        ['tls SOURCE_TLS_FAILED', { connection: { tls: 'verify-full' } }],
        ['login SOURCE_LOGIN_REFUSED', { password: 'wrong' }],
        ['login SOURCE_DATABASE_MISSING', { connection: { database: 'nowhere' } }],
      ] as const;
      for (const [code, opening] of cases) {
        await using connector = openOn(fixture(), table, opening);
        expect(codes(await connector.check(never), 'error')).toEqual([code]);
      }
    });
  });
}

export function describeGrants(fixture: () => ConnectorFixture): void {
  describe('the printed grants', () => {
    it('suffice to read, check and write, and allow nothing else', async () => {
      const table = await makeTable(
        fixture(),
        `id bigint PRIMARY KEY, mail varchar(20), pw varchar(200), tenant varchar(20), changed ${fixture().dialect.time}, private varchar(20)`,
        ["(1,'a','old','acme',NULL,'p')", "(2,'b','old','other',NULL,'p')"],
      );
      const login = await serverOf(fixture()).createLogin();
      await using connector = openOn(fixture(), table, {
        connection: { user: login.user },
        password: login.password,
        source: { table, key: ['id'], where: "tenant = 'acme'" },
        writeBack: { also: { changed: 'now' } },
      });
      const before = await connector.check(never);
      expect(codes(before, 'error')).not.toEqual([]);
      for (const statement of connector.grants().split(/;\s*$/m))
        if (statement.replaceAll(/--.*/g, '').trim() !== '') await fixture().execute(statement);
      const after = await connector.check(never);
      expect(codes(after, 'error')).toEqual([]);
      expect(codes(after, 'warning').filter((code) => code.startsWith('rights'))).toEqual([]);
      expect(keysOf(await readAll(connector, 10))).toEqual(['1']);
      const change = { key: key('1'), expected: new Secret('old'), replacement: new Secret('new') };
      await expect(connector.passwords?.replace(change, never)).resolves.toMatchObject({
        outcome: 'written',
      });
      await using nosy = openOn(fixture(), table, {
        connection: { user: login.user },
        password: login.password,
        columns: ['private'],
      });
      await expect(nosy.records.page(null, 1, never)).rejects.toMatchObject({
        code: 'SOURCE_PERMISSION_DENIED',
      });
    });

    it('have nothing in them that could be left out', async () => {
      const table = await makeTable(
        fixture(),
        `id bigint PRIMARY KEY, mail varchar(20), pw varchar(200), tenant varchar(20), changed ${fixture().dialect.time}`,
        ["(1,'a','old','acme',NULL)"],
      );
      const login = await serverOf(fixture()).createLogin();
      const open = (): Connector =>
        openOn(fixture(), table, {
          connection: { user: login.user },
          password: login.password,
          source: { table, key: ['id'], where: "tenant = 'acme'" },
          writeBack: { also: { changed: 'now' } },
        });
      const errors = async (): Promise<readonly string[]> => {
        // A connection that is open keeps rights that a new one has not.
        await using connector = open();
        return codes(await connector.check(never), 'error');
      };
      const { closed = [], opened = [] } = fixture();
      for (const statement of closed) await fixture().execute(statement);
      await using printed = open();
      const grants = printed
        .grants()
        .split(/;\s*$/m)
        .map((statement) => statement.replaceAll(/^--.*$/gm, '').trim())
        .filter((statement) => statement !== '');
      for (const grant of grants) await fixture().execute(grant);
      expect(await errors()).toEqual([]);
      const parts = grants.flatMap(partsOf);
      expect(parts.length).toBeGreaterThanOrEqual(6);
      for (const part of parts) {
        await fixture().execute(revocationOf(part));
        expect([part, await errors()]).toEqual([part, expect.arrayContaining([expect.any(String)])]);
        await fixture().execute(part);
      }
      for (const statement of opened) await fixture().execute(statement);
    });

    it('show missing rights before they are run, with what to run', async () => {
      const table = await makeTable(fixture(), PEOPLE, ["(1,'a','h')"]);
      const login = await serverOf(fixture()).createLogin();
      await using connector = openOn(fixture(), table, {
        connection: { user: login.user },
        password: login.password,
      });
      const findings = await connector.check(never);
      const denied = findings.filter(({ code }) => code === 'SOURCE_PERMISSION_DENIED');
      expect(denied.map(({ step }) => step)).toEqual(expect.arrayContaining(['rights', 'write-back']));
      for (const { remedy } of denied) expect(remedy).toContain('GRANT');
    });
  });
}

/** `GRANT SELECT (a, b) ON …` as one grant for each column. */
function partsOf(grant: string): readonly string[] {
  const list = /\((?<columns>[^)]*)\)/.exec(grant);
  const columns = list?.groups?.['columns']?.split(', ') ?? [];
  if (list === null) return [grant];
  return columns.map((column) => grant.replace(list[0], `(${column})`));
}

function revocationOf(grant: string): string {
  return grant.replace(/^GRANT /, 'REVOKE ').replace(/ TO (?!.* TO )/, ' FROM ');
}
