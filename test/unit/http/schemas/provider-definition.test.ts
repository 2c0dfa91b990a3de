import { describe, expect, it } from '@jest/globals';
import { nearest } from '../../../../config/nearest.ts';
import {
  parseProviderDefinition,
  parseWhereabouts,
} from '../../../../src/http/schemas/provider-definition.ts';

const minimal = {
  name: 'acme-hr',
  connector: 'postgres',
  connection: { host: 'db.acme.example', database: 'hr', user: 'tributary', password: 'pw' },
  source: { table: 'public.users', key: ['id'] },
  mapping: { username: 'login' },
};

function problemsOf(document: unknown): string[] {
  const read = parseProviderDefinition(document, nearest);
  return read.ok ? [] : read.problems.map(({ path, code }) => `${path}: ${code}`);
}

describe('a provider definition', () => {
  it('has every default filled in and the password taken out', () => {
    const read = parseProviderDefinition(minimal, nearest);
    expect(read).toEqual({
      ok: true,
      value: {
        password: 'pw',
        definition: {
          name: 'acme-hr',
          connector: 'postgres',
          connection: {
            host: 'db.acme.example',
            port: 5432,
            database: 'hr',
            user: 'tributary',
            tls: 'verify-full',
          },
          source: { table: 'public.users', key: ['id'] },
          changes: { mode: 'none' },
          mapping: { username: { column: 'login', transform: [] }, attributes: {} },
          match: 'none',
          safeguards: {
            deletions: { count: 500, percent: 5, floor: 20 },
            changes: { percent: 50, floor: 100 },
            emails: 1000,
          },
        },
      },
    });
  });

  it('takes the three forms of a rule and keeps its own defaults for the rest of a group', () => {
    const read = parseProviderDefinition(
      {
        ...minimal,
        connection: { ...minimal.connection, port: '6543' },
        mapping: {
          username: 'login',
          email: { column: 'mail', transform: ['trim', 'lower'], default: 'x' },
          attributes: { employer: { value: 'ACME' } },
        },
        password: {
          column: 'pw_hash',
          writeBack: { enabled: true, set: { changed_at: 'now', must_change: false } },
        },
        safeguards: { deletions: { count: 3 } },
      },
      nearest,
    );
    expect(read).toMatchObject({
      ok: true,
      value: {
        definition: {
          connection: { port: 6543 },
          mapping: {
            email: { column: 'mail', transform: ['trim', 'lower'], default: 'x' },
            attributes: { employer: { value: 'ACME' } },
          },
          password: { format: 'auto', onboarding: 'none', writeBack: { enabled: true, conflict: 'newest' } },
          safeguards: { deletions: { count: 3, percent: 5, floor: 20 } },
        },
      },
    });
  });

  it('names five mistakes at once, each with its place', () => {
    const document = {
      ...minimal,
      name: 'Acme HR',
      connection: { ...minimal.connection, hots: 'x' },
      source: { key: [] },
      mapping: { email: { column: 'mail', transform: ['trim', 'lowr'] } },
    };
    expect(problemsOf(document).toSorted()).toEqual([
      'connection.hots: UNKNOWN_KEY',
      'mapping.email.transform[1]: VALUE_NOT_ALLOWED',
      'mapping.username: MISSING',
      'name: VALUE_INVALID',
      'source.key: EMPTY',
      'source: TABLE_OR_QUERY',
    ]);
  });

  it('says what an unknown setting was meant to be', () => {
    const read = parseProviderDefinition({ ...minimal, maping: {} }, nearest);
    expect(read).toMatchObject({
      ok: false,
      problems: [{ path: 'maping', remedy: 'Did you mean mapping?' }],
    });
  });

  it.each([
    'postgres://u:p@h/db',
    '/var/run/postgresql',
    'user@host',
    '127.1',
    '2130706433',
    '0x7f000001',
    '[::1]',
    'exa mple',
    '-a.example',
    'h?x',
    `${'a'.repeat(60)}.`.repeat(5),
    '',
  ])('refuses %j as a host', (host) => {
    expect(problemsOf({ ...minimal, connection: { ...minimal.connection, host } })).toEqual([
      'connection.host: HOST_INVALID',
    ]);
  });

  it.each(['db', 'db.example.', '192.0.2.7', '::1', 'my_db', 'xn--bcher-kva.example'])(
    'takes %j as a host',
    (host) => {
      expect(problemsOf({ ...minimal, connection: { ...minimal.connection, host } })).toEqual([]);
    },
  );

  it('disables TLS for this machine only', () => {
    const withTls = (host: string): string[] =>
      problemsOf({ ...minimal, connection: { ...minimal.connection, host, tls: 'disable' } });
    expect(withTls('127.0.0.1')).toEqual([]);
    expect(withTls('localhost')).toEqual([]);
    expect(withTls('127.example.com')).toEqual(['connection.tls: TLS_REQUIRED']);
  });

  it('refuses a private key in place of a certificate without repeating it', () => {
    const ca = '-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----\n';
    const read = parseProviderDefinition({ ...minimal, connection: { ...minimal.connection, ca } }, nearest);
    expect(JSON.stringify(read)).toContain('CA_PRIVATE_KEY');
    expect(JSON.stringify(read)).not.toContain('MIIEvQ');
    const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
    expect(problemsOf({ ...minimal, connection: { ...minimal.connection, ca: certificate } })).toEqual([]);
    expect(problemsOf({ ...minimal, connection: { ...minimal.connection, ca: 'x' } })).toEqual([
      'connection.ca: CA_INVALID',
    ]);
  });

  it('refuses what this version does not do', () => {
    expect(
      problemsOf({
        ...minimal,
        template: 'djangoo',
        changes: { mode: 'binlog', delta: '@daily', full: '61 * * * *', timeZone: 'Mars/Base' },
        mapping: { username: 'login', displayName: { expression: 'x'.repeat(4097) } },
      }).toSorted(),
    ).toEqual([
      'changes.delta: CRON_INVALID',
      'changes.full: CRON_INVALID',
      'changes.mode: MODE_UNSUPPORTED',
      'changes.timeZone: TIME_ZONE_UNKNOWN',
      'mapping.displayName.expression: OUT_OF_BOUNDS',
      'template: TEMPLATE_UNKNOWN',
    ]);
  });

  it.each([
    ['postgres', 'none, poll, listen, replication, push'],
    ['mysql', 'none, poll, binlog, push'],
    ['sqlite', 'none, poll, push'],
    ['push', 'push'],
  ])('names the ways in which %s can tell of changes', (connector, modes) => {
    const found = ['none', 'poll', 'listen', 'replication', 'binlog', 'push'].filter((mode) => {
      const read = parseProviderDefinition({ ...minimal, connector, changes: { mode } }, nearest);
      const problem = read.ok ? undefined : read.problems.find(({ path }) => path === 'changes.mode');
      if (problem !== undefined) expect(problem.remedy).toBe(`Use one of: ${modes}.`);
      return problem === undefined;
    });
    expect(found.toSorted()).toEqual(modes.split(', ').toSorted());
  });

  it('never maps the column of hashes, and writes back only where it can', () => {
    expect(
      problemsOf({
        ...minimal,
        source: { query: 'SELECT 1', key: ['id'] },
        mapping: { username: 'pw', attributes: { x: { column: 'pw' } } },
        password: { column: 'pw', onboarding: 'pre-registration', writeBack: { enabled: true } },
      }).toSorted(),
    ).toEqual([
      'mapping.attributes.x: PASSWORD_COLUMN_MAPPED',
      'mapping.email: EMAIL_NEEDED',
      'mapping.username: PASSWORD_COLUMN_MAPPED',
      'password.writeBack.enabled: WRITE_BACK_NEEDS_TABLE',
    ]);
  });

  it('asks a provider about passwords only where it can, about one record, and where there is no column', () => {
    const problems = (query: string, over: object = {}): readonly string[] =>
      problemsOf({ ...minimal, password: { verify: { query } }, ...over }).toSorted();
    expect(problems('SELECT check_password($1, $2)')).toEqual([]);
    for (const query of [
      'SELECT true',
      'SELECT f($1)',
      'SELECT f($2)',
      'SELECT f($1, $2, $3)',
      'SELECT f($0, $1)',
    ])
      expect(problems(query)).toEqual(['password.verify.query: VERIFY_PARAMETERS']);
    const pair = { source: { table: 'people', key: ['tenant', 'id'] } };
    expect(problems('SELECT f($1, $2)', pair)).toEqual(['password.verify.query: VERIFY_PARAMETERS']);
    expect(problems('SELECT f($1, $2, $3)', pair)).toEqual([]);
    const both = { password: { column: 'pw', verify: { query: 'SELECT f($1, $2)' } } };
    expect(problems('', both)).toEqual(['password.verify: VERIFY_OR_COLUMN']);
    const pushed = { connector: 'push', connection: undefined, source: { key: ['id'] } };
    expect(problems('SELECT f($1, $2)', pushed)).toContain('password.verify: VERIFY_NEEDS_DATABASE');
    const file = { connector: 'sqlite', connection: { file: '/srv/shop.db' } };
    expect(problems('SELECT pw = sha3(?2) FROM people WHERE id = ?1', file)).toEqual([]);
    expect(problems('SELECT pw = ? FROM people WHERE id = ?', file)).toEqual([
      'password.verify.query: VERIFY_PARAMETERS',
    ]);
    expect(problems('SELECT f(?, ?)', { connector: 'mysql' })).toEqual([]);
    expect(problems('SELECT f(?)', { connector: 'mysql' })).toEqual([
      'password.verify.query: VERIFY_PARAMETERS',
    ]);
  });

  it('writes hashes without reading them only where nothing needs them', () => {
    const problems = (writeBack: object, password: object = {}): readonly string[] =>
      problemsOf({
        ...minimal,
        password: {
          column: 'pw',
          writeBack: { enabled: true, format: 'bcrypt', compare: 'version', ...writeBack },
          ...password,
        },
      }).toSorted();
    expect(problems({})).toEqual([]);
    expect(problems({ set: { version: 'now' } })).toEqual([]);
    expect(problems({}, { verify: { query: 'SELECT f($1, $2)' } })).toEqual([]);
    expect(problems({ format: undefined, set: { version: 1 } })).toEqual([
      'password.writeBack.format: COMPARE_NEEDS_FORMAT',
      'password.writeBack.set: COMPARE_SET',
    ]);
    expect(problems({ compare: 'pw' })).toEqual(['password.writeBack.compare: COMPARE_IS_HASH']);
    expect(problems({}, { format: { digest: 'sha256', salt: 'prefix', separator: '$' } })).toEqual([
      'password.format: COMPARE_READS_NO_HASH',
    ]);
  });

  it('is not fooled by names that objects inherit', () => {
    const document: unknown = JSON.parse('{"__proto__": {"admin": true}, "constructor": 1}');
    expect(problemsOf({ ...minimal, ...(document as object) })).toEqual([
      '__proto__: UNKNOWN_KEY',
      'constructor: UNKNOWN_KEY',
    ]);
    expect(problemsOf(document)).toContain('__proto__: UNKNOWN_KEY');
  });

  it.each([null, [], 'text', 7])('refuses %j', (document) => {
    expect(problemsOf(document)).toHaveLength(1);
  });
});

describe('whereabouts', () => {
  it('are enough to look around', () => {
    const { name, connector, connection } = minimal;
    expect(parseWhereabouts({ name, connector, connection }, nearest).ok).toBe(true);
    expect(parseWhereabouts({ name, connector }, nearest)).toMatchObject({
      ok: false,
      problems: [{ path: 'connection', code: 'MISSING' }],
    });
  });
});
