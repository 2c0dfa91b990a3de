import { inspect } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { PasswordVerifier } from '../../connectors/contract/connector.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import { codes } from './checking.ts';
import { key, makeTable, never, openOn, type ConnectorFixture } from './fixture.ts';

const PASSWORD = "it's $1; ?2 \\ DROP -- \u00e5";

/** Where the database itself says whether a password is right. */
export function describeVerifying(fixture: () => ConnectorFixture): void {
  describe('a database that checks passwords itself', () => {
    let table: string;
    beforeAll(async () => {
      table = await makeTable(fixture(), 'id bigint PRIMARY KEY, mail varchar(20), pw varchar(80)', [
        "(1,'a',NULL)",
        "(2,'b',NULL)",
      ]);
      const { verify, literal } = fixture().dialect;
      await fixture().execute(`UPDATE ${table} SET pw = ${verify.digest(literal(PASSWORD))} WHERE id = 1`);
      for (const statement of verify.functions(table)) await fixture().execute(statement);
    });

    const query = (): string => {
      const { digest, parameter } = fixture().dialect.verify;
      return `SELECT count(*) = 1 FROM ${table} WHERE id = ${parameter(1)} AND pw = ${digest(parameter(2))}`;
    };
    const opening = (verifyQuery: string) => ({ passwordColumn: null, writeBack: null, verifyQuery });
    async function asking<T>(asked: string, work: (verifier: PasswordVerifier) => Promise<T>): Promise<T> {
      await using connector = openOn(fixture(), table, opening(asked));
      return await work(connector.verifier!);
    }
    const ask = async (asked: string, id = '1', password = PASSWORD): Promise<boolean> =>
      await asking(asked, async (verifier) => await verifier.verify(key(id), new Secret(password), never));

    it('cannot be asked unless the definition says how', async () => {
      await using connector = openOn(fixture(), table);
      expect(connector.verifier).toBeUndefined();
    });

    it('says yes to the right password of the right record only, exact to the character', async () => {
      expect(await ask(query())).toBe(true);
      for (const [id, password] of [
        ['1', `${PASSWORD} `],
        ['1', ''],
        ['1', `${PASSWORD}\0`],
        ['1', PASSWORD.normalize('NFD')],
        ['1', PASSWORD.toUpperCase()],
        ['2', PASSWORD],
        ['3', PASSWORD],
      ] as const)
        expect(await ask(query(), id, password)).toBe(false);
    });

    it('stands many askers at once, and the same one again', async () => {
      const answers = await asking(query(), async (verifier) => {
        const passwords = Array.from({ length: 12 }, (_, n) => (n % 3 === 0 ? PASSWORD : `wrong ${n}`));
        return await Promise.all(
          passwords.map((password) => verifier.verify(key('1'), new Secret(password), never)),
        );
      });
      expect(answers.filter(Boolean)).toHaveLength(4);
    });

    it('fails without a word of the password when the query is not one question that reads', async () => {
      for (const [what, asked, code] of fixture().dialect.verify.refused(table)) {
        const error: unknown = await ask(asked).catch((thrown: unknown) => thrown);
        expect([what, error]).toEqual([
          what,
          expect.objectContaining({ name: 'ConnectorError', ...(code !== '' && { code }) }),
        ]);
        expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/DROP|it's/);
      }
    });

    it('is tried out with a made-up password when the provider is tested', async () => {
      const { parameter, refused } = fixture().dialect.verify;
      await using good = openOn(fixture(), table, opening(query()));
      const findings = await good.check(never);
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(codes(findings, 'ok')).toContain('verify OK');
      const anything = `SELECT count(*) = 1 FROM ${table} WHERE id = ${parameter(1)} AND ${parameter(2)} <> ''`;
      await using bad = openOn(fixture(), table, opening(anything));
      expect(codes(await bad.check(never), 'error')).toEqual(['verify VERIFY_TAKES_ANYTHING']);
      const [, broken = ''] = refused(table)[0] ?? [];
      await using failing = openOn(fixture(), table, opening(broken));
      const said = (await failing.check(never)).filter(({ severity }) => severity === 'error');
      expect(said).toMatchObject([{ step: 'verify', code: 'SOURCE_QUERY_REFUSED' }]);
      expect(said[0]?.remedy).toContain('password.verify.query');
    });
  });
}
