import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandLine } from '../support/command-line.ts';
import { PEOPLE, people } from '../support/context.ts';

const HASH = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';

let line: CommandLine;

beforeAll(async () => {
  line = await CommandLine.open(`${PEOPLE} ${people(40)}
    UPDATE people SET pw_hash = '${HASH}';
    INSERT INTO people (id, login, mail) VALUES (99, 'broken', 'no address');`);
});
afterAll(async () => {
  await line[Symbol.asyncDispose]();
});

interface Change {
  readonly name?: string;
  readonly password?: string;
  readonly port?: number;
  readonly table?: string;
  readonly email?: string;
  readonly key?: string;
}

async function definitionFile(change: Change = {}): Promise<string> {
  const { name = 'acme', password = '${ACME_DB_PASSWORD}', port = line.source.port } = change;
  const { table = 'people', email = 'mail', key = 'id' } = change;
  return await line.write(
    `${name}.yaml`,
    `name: ${name}
connector: postgres
connection:
  host: 127.0.0.1
  port: ${String(port)}
  database: ${line.source.database}
  user: ${line.source.user}
  password: ${password}
  tls: disable
source: { table: ${table}, key: [${key}] }
mapping:
  username: login
  email: { column: ${email}, transform: [trim, lower] }
  givenName: first_name
  attributes: { department: dept }
password: { column: pw_hash, onboarding: force-reset, writeBack: { enabled: true } }
`,
  );
}

interface Run {
  readonly id: string;
  readonly state: string;
  readonly counters: Readonly<Record<string, number>>;
}

describe('bad input', () => {
  it('is refused with its code and its place, and leaves nothing behind', async () => {
    const wrong = await line.write(
      'wrong.yaml',
      'name: X Y\nconnector: oracle\nconnection: {}\nsource: { key: [] }\nmaping: {}\n',
    );
    const refused = await line.run('provider', 'apply', '-f', wrong);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toBe('');
    expect(refused.stderr).toMatch(/^error: .*\(DEFINITION_INVALID\)$/m);
    for (const place of ['name', 'connector', 'connection.host', 'source.key', 'maping'])
      expect(refused.stderr).toMatch(new RegExp(`^\\s+${place}:`, 'm'));
    expect(await line.rowsIn('providers')).toBe(0);
  });

  it.each<[string, Change, string]>([
    ['an unreachable host', { port: 1 }, 'SOURCE_UNREACHABLE'],
    ['a wrong password', { password: 'wrong' }, 'SOURCE_LOGIN_REFUSED'],
    ['a missing table', { table: 'nobody' }, ''],
    ['a missing column', { email: 'nothing' }, ''],
    ['no key', { key: 'dept' }, ''],
  ])('in a definition that is tested: %s', async (_, change, code) => {
    const file = await definitionFile({ name: 'bad', ...change });
    const result = await line.json<{
      ready: boolean;
      findings: { severity: string; code: string; remedy: string }[];
    }>(1, ...['provider', 'test', '-f', file]);
    const errors = result.findings.filter(({ severity }) => severity === 'error');
    expect(result.ready).toBe(false);
    expect(errors.every(({ remedy }) => remedy !== '')).toBe(true);
    if (code !== '') expect(errors.map((error) => error.code)).toContain(code);
    expect(JSON.stringify(result)).not.toContain(line.source.password);
    expect(await line.rowsIn('providers')).toBe(0);
  });

  it('in a call is a matter of usage', async () => {
    const mistyped = await line.run('provider', 'aply');
    expect(mistyped.code).toBe(2);
    expect(mistyped.stderr).toContain('Did you mean apply?');
    expect((await line.run('profile')).code).toBe(2);
    expect((await line.run('sync')).code).toBe(2);
    expect((await line.run('sync', 'acme', '--full', '--delta')).code).toBe(2);
    expect((await line.run('run', 'list', '--limit', '0')).code).toBe(2);
    expect((await line.run('provider', 'test')).code).toBe(2);
    expect((await line.run('profile', 'set', 'ada', 'forceReset')).code).toBe(2);
    expect((await line.run('profile', 'list', '--filter', 'stat=x')).stderr).toContain('Did you mean state?');
  });

  it('names what does not exist', async () => {
    expect((await line.run('sync', 'nobody')).stderr).toContain('(PROVIDER_NOT_FOUND)');
    expect((await line.run('profile', 'show', 'nobody')).stderr).toContain('(PROFILE_NOT_FOUND)');
    const missing = await line.run('run', 'show', 'nothing');
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('(RUN_NOT_FOUND)');
  });
});

describe('a provider from a file', () => {
  it('is registered, and registered again without a change', async () => {
    const file = await definitionFile();
    expect(await line.json(0, 'provider', 'apply', '-f', file)).toMatchObject({
      name: 'acme',
      outcome: 'created',
    });
    expect(await line.json(0, 'provider', 'apply', '-f', file)).toMatchObject({ outcome: 'unchanged' });
    const shown = await line.run('provider', 'show', 'acme', '--json');
    expect(shown.stdout).not.toContain(line.source.password);
    expect(await line.jsonLines('provider', 'list')).toMatchObject([
      { name: 'acme', profiles: { linked: 0 } },
    ]);
  });

  it('is tested, looked around in and previewed', async () => {
    expect(await line.json(0, 'provider', 'test', 'acme')).toMatchObject({ ready: true });
    expect(await line.json(0, 'provider', 'discover', 'acme')).toMatchObject({ proposal: { key: ['id'] } });
    const records = await line.jsonLines('provider', 'preview', 'acme', '--limit', '3');
    expect(records).toMatchObject([{ key: '1', password: 'bcrypt' }, { key: '2' }, { key: '3' }]);
    const grants = await line.run('provider', 'grants', 'acme');
    expect(grants.stdout).toContain('GRANT SELECT');
  });

  it('is synchronised, and says what came of it', async () => {
    const run = await line.json<Run>(0, 'sync', 'acme', '--wait');
    expect(run).toMatchObject({ state: 'done', counters: { read: 41, created: 40, errors: 1 } });
    expect(await line.json(0, 'run', 'show', run.id)).toMatchObject({ id: run.id, state: 'done' });
    expect(await line.jsonLines('run', 'errors', run.id)).toMatchObject([
      { recordKey: '99', code: 'EMAIL_INVALID' },
    ]);
    expect(await line.jsonLines('run', 'list')).toHaveLength(1);
    const profile = await line.json<object>(0, 'profile', 'show', 'user7@example.org');
    expect(profile).toMatchObject({
      username: 'user7',
      forceReset: true,
      credential: { effective: 'provider', format: 'bcrypt' },
      link: { provider: 'acme', recordKey: '7' },
    });
    expect(JSON.stringify(profile)).not.toContain('$2b$');
    const listed = await line.run('profile', 'list', '--filter', 'provider=acme', 'text=user7');
    expect(listed.stdout).toContain('user7@example.org');
  });

  it('shows what would change, field by field, and changes nothing', async () => {
    await line.source.query(`UPDATE people SET first_name = 'New' WHERE id = 7`);
    const records = await line.jsonLines('sync', 'acme', '--dry-run');
    expect(records).toMatchObject([
      { recordKey: '7', action: 'update', changes: { givenName: { from: 'Given7', to: 'New' } } },
    ]);
    const told = await line.run('sync', 'acme', '--dry-run');
    expect(told.stdout).toMatch(/givenName: Given7 → New/);
    expect((await line.run('profile', 'show', 'user7')).stdout).toContain('Given7');
  });

  it('brings one person into step in five steps', async () => {
    const report = await line.json<{ steps: { name: string; state: string }[] }>(
      0,
      'profile',
      'resync',
      'user7',
    );
    expect(report.steps.map(({ name, state }) => `${name} ${state}`)).toEqual(
      ['connected', 'found', 'mapped', 'matched', 'done'].map((name) => `${name} ok`),
    );
    expect((await line.run('profile', 'show', 'user7')).stdout).toContain('New');
    const missing = await line.run('sync', 'acme', '--record', '12345', '--wait');
    expect(missing.code).toBe(1);
    expect((await line.run('profile', 'set', 'user7', 'givenName=X')).stderr).toContain(
      'belongs to the provider acme',
    );
  });

  it('is held by a safeguard, and goes on once approved', async () => {
    await line.source.query('DELETE FROM people WHERE id BETWEEN 11 AND 40');
    const held = await line.json<Run>(3, 'sync', 'acme', '--wait');
    expect(held).toMatchObject({ state: 'held', heldReasons: [{ safeguard: 'deletions', planned: 30 }] });
    const again = await line.run('sync', 'acme', '--wait');
    expect(again.code).toBe(3);
    expect(again.stderr).toContain(`run approve ${held.id}`);
    expect(await line.json(0, 'run', 'approve', held.id, '--wait')).toMatchObject({
      state: 'done',
      counters: { disabled: 30, applied: 30 },
    });
  });

  it('says why a run failed', async () => {
    await line.source.query('ALTER TABLE people RENAME TO persons');
    expect(await line.json(1, 'sync', 'acme', '--wait')).toMatchObject({
      errorCode: 'SOURCE_SCHEMA_CHANGED',
    });
    await line.source.query('ALTER TABLE persons RENAME TO people');
  });

  it('leaves the work to the server when nobody waits', async () => {
    const asked = await line.run('sync', 'acme');
    expect(asked.code).toBe(0);
    expect(asked.stderr).toContain('--wait');
    expect(await line.jsonLines('run', 'list', '--limit', '1')).toMatchObject([{ state: 'queued' }]);
  });

  it('is removed when that is confirmed, and its people stay', async () => {
    const before = await line.rowsIn('profiles');
    const unsure = await line.run('provider', 'remove', 'acme');
    expect(unsure.code).toBe(2);
    expect(await line.json(0, 'provider', 'remove', 'acme', '--yes')).toMatchObject({
      people: 'keep',
      profiles: 40,
    });
    expect(await line.rowsIn('providers')).toBe(0);
    expect(await line.rowsIn('profiles')).toBe(before);
  });
});
