import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandLine } from '../support/command-line.ts';
import { PEOPLE, people } from '../support/context.ts';

let line: CommandLine;

beforeAll(async () => {
  line = await CommandLine.open(`${PEOPLE} ${people(3)}`);
});
afterAll(async () => {
  await line[Symbol.asyncDispose]();
});

async function file(name: string, mapping = 'username: login', rest = ''): Promise<string> {
  const { port, database, user } = line.source;
  return await line.write(
    `${name}.yaml`,
    `name: ${name}
connector: postgres
connection: { host: 127.0.0.1, port: ${String(port)}, database: ${database}, user: ${user},
  password: '\${ACME_DB_PASSWORD}', tls: disable }
source: { table: people, key: [id] }
mapping: { ${mapping} }
${rest}`,
  );
}

interface Applied {
  readonly name: string;
  readonly outcome: string;
  readonly changes: Readonly<Record<string, unknown>>;
}

async function outcomes(...args: readonly string[]): Promise<string[]> {
  const applied = await line.jsonLines<Applied>('provider', 'apply', ...args);
  return applied.map(({ name, outcome }) => `${name} ${outcome}`);
}

describe('provider apply', () => {
  it('shows what it would do and does nothing with --dry-run', async () => {
    const files = [await file('one'), await file('two')];
    expect(await outcomes('-f', ...files, '--dry-run')).toEqual(['one created', 'two created']);
    expect(await line.rowsIn('providers')).toBe(0);
    expect(await outcomes('-f', ...files)).toEqual(['one created', 'two created']);
    expect(await outcomes('-f', ...files)).toEqual(['one unchanged', 'two unchanged']);
  });

  it('changes what is registered only when that is confirmed', async () => {
    const changed = await file('one', 'username: login, email: mail');
    const refused = await line.run('provider', 'apply', '-f', changed);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('one would be updated');
    expect(refused.stderr).toContain('mapping.email.column: mail');
    expect(refused.stderr).toContain('(NOT_CONFIRMED)');
    expect(await outcomes('-f', changed, '--dry-run')).toEqual(['one updated']);
    expect(await outcomes('-f', changed, '--yes')).toEqual(['one updated']);
    expect(await outcomes('-f', changed)).toEqual(['one unchanged']);
  });

  it('takes all files or none, and says what is wrong in each', async () => {
    const wrong = await file('wrong', 'usernam: login');
    const worse = await file('worse', 'username: login', 'match: maybe\n');
    const good = await file('good');
    const refused = await line.run('provider', 'apply', '-f', good, wrong, worse);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('wrong.yaml: mapping.usernam');
    expect(refused.stderr).toContain('worse.yaml: match');
    expect((await line.run('provider', 'apply', '-f', good, good)).stderr).toContain('more than one');
    expect(await line.rowsIn('providers')).toBe(2);
  });

  it('shows a mistaken expression with a caret, and a column that is not there', async () => {
    const typed = await file(
      'typed',
      "username: login, displayName: { expression: 'record.first_name + 1' }",
    );
    const { stderr } = await line.run('provider', 'apply', '-f', typed);
    expect(stderr).toContain('    record.first_name + 1\n                      ^ Columns are texts');
    const missing = await file('typed', "username: login, displayName: { expression: 'record.firstName' }");
    const refused = await line.run('provider', 'apply', '-f', missing);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(
      'has no column firstName:\n    record.firstName\n    ^ Write: first_name.',
    );
    const right = await file('typed', "username: login, displayName: { expression: 'record.first_name' }");
    expect(await outcomes('-f', right)).toEqual(['typed created']);
  });

  it('believes a definition whose provider cannot be reached', async () => {
    const away = await line.write(
      'away.yaml',
      `name: away
connector: postgres
connection: { host: 127.0.0.1, port: 1, database: hr, user: t, tls: disable }
source: { table: people, key: [id] }
mapping: { username: { expression: 'record.nowhere' } }
`,
    );
    expect(await outcomes('-f', away)).toEqual(['away created']);
  });

  it('removes what no file names only when asked to and confirmed', async () => {
    const kept = await file('one', 'username: login, email: mail');
    const refused = await line.run('provider', 'apply', '-f', kept, '--prune');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('two would be removed');
    expect(await line.rowsIn('providers')).toBe(4);
    expect((await outcomes('-f', kept, '--prune', '--dry-run')).toSorted()).toEqual(
      ['away removed', 'one unchanged', 'two removed', 'typed removed'].toSorted(),
    );
    expect(await line.rowsIn('providers')).toBe(4);
    await outcomes('-f', kept, '--prune', '--yes');
    expect(await line.rowsIn('providers')).toBe(1);
  });
});
