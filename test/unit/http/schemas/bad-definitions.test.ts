import { describe, expect, it } from '@jest/globals';
import { nearest } from '../../../../config/nearest.ts';
import { parseProviderDefinition } from '../../../../src/http/schemas/provider-definition.ts';

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

describe('bad input in a definition', () => {
  it.each([0, -1, 65_536, 1.5, '5432abc', '', null])('refuses %j as a port', (port) => {
    expect(problemsOf({ ...minimal, connection: { ...minimal.connection, port } })).toEqual([
      expect.stringMatching(/^connection\.port: /),
    ]);
  });

  it.each(['sqlite+x', 'mariadb?local_infile=1', 'POSTGRES', 'toString', '', null, 1])(
    'knows no connector %j',
    (connector) => {
      expect(problemsOf({ ...minimal, connector }).join()).toContain('connector: ');
    },
  );

  it.each(['file:x?mode=rwc', ':memory:', 'FILE:/etc/passwd', 'sqlite:///a.db', 'folder/', 'a\0b', ' '])(
    'refuses %j as a file',
    (file) => {
      const problems = problemsOf({ ...minimal, connector: 'sqlite', connection: { file } });
      expect(problems).toContainEqual(expect.stringMatching(/^connection\.file: /));
    },
  );

  it.each([-5, 0.1, 1e9, '5m', Number.NaN])('refuses an overlap of %j minutes', (overlapMinutes) => {
    const changes = { mode: 'poll', cursor: 'updated_at', overlapMinutes };
    expect(problemsOf({ ...minimal, changes })).toContainEqual(
      expect.stringMatching(/^changes\.overlapMinutes: /),
    );
  });

  it.each([
    '',
    '* * * *',
    '* * * * * *',
    '@daily',
    '61 * * * *',
    '* * * * mon-xyz',
    '0 0 31 2',
    'every hour',
  ])('refuses %j as a schedule', (delta) => {
    expect(problemsOf({ ...minimal, changes: { delta } })).toEqual(['changes.delta: CRON_INVALID']);
  });

  it('takes names as they stand, and none with a NUL in it: to a server the next setting would begin there', () => {
    const odd = `x'; DROP TABLE people; -- "\\${'y'.repeat(200)}`;
    const named = (name: string): string[] =>
      problemsOf({
        ...minimal,
        connection: { ...minimal.connection, database: name, user: name },
        source: { table: name, key: [name] },
      }).toSorted();
    expect(named(odd)).toEqual([]);
    expect(named('hr\0options')).toEqual([
      'connection.database: VALUE_INVALID',
      'connection.user: VALUE_INVALID',
      'source.key[0]: VALUE_INVALID',
      'source.table: VALUE_INVALID',
    ]);
  });

  it('takes a list of authorities, and neither nothing nor a flood of them', () => {
    const one = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
    const withCa = (ca: string): string[] =>
      problemsOf({ ...minimal, connection: { ...minimal.connection, ca } });
    expect(withCa(one.repeat(50))).toEqual([]);
    for (const ca of ['', ' ', one.repeat(20_000), `${one}junk`])
      expect(withCa(ca)).toContainEqual(expect.stringMatching(/^connection\.ca: /));
  });
});
