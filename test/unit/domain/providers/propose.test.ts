import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ColumnSchema, TableSchema } from '../../../../connectors/contract/schema.ts';
import type { HashFormats } from '../../../../src/domain/providers/column-shape.ts';
import { propose } from '../../../../src/domain/providers/propose.ts';

const formats: HashFormats = {
  of: (text) => (text.startsWith('$2b$') ? 'bcrypt' : null),
  named: (text) => (/^[0-9a-f]{32}$/.test(text) ? ['md5-hex'] : []),
};

function column(name: string, sample: readonly string[] = [], type = 'text'): ColumnSchema {
  return { name, type, nullable: true, sample };
}

function table(name: string, columns: readonly ColumnSchema[], key: readonly string[] = ['id']): TableSchema {
  return { name, kind: 'table', key, columns, estimatedRows: null };
}

function fieldsOf(...tables: readonly TableSchema[]): Record<string, string> {
  const proposal = propose({ tables }, formats);
  return Object.fromEntries((proposal?.fields ?? []).map(({ path, column: name }) => [path, name]));
}

describe('a proposed mapping', () => {
  it.each([
    ['English', ['login', 'email_address', 'first_name', 'last_name', 'is_active']],
    ['Swedish', ['användarnamn', 'epost', 'förnamn', 'efternamn', 'aktiv']],
    ['German', ['Benutzername', 'emailAdresse', 'Vorname', 'Nachname', 'ist_aktiv']],
    ['French', ['identifiant', 'courriel', 'prénom', 'nom', 'actif']],
    ['Spanish', ['usuario', 'correo', 'nombre', 'apellidos', 'activo']],
    ['Italian', ['nome_utente', 'posta_elettronica', 'nome', 'cognome', 'attivo']],
    ['Dutch', ['gebruikersnaam', 'e_mailadres', 'voornaam', 'achternaam', 'actief']],
    ['Portuguese', ['utilizador', 'correio_eletrónico', 'nome', 'apelido', 'ativo']],
    ['Polish', ['nazwa_użytkownika', 'poczta', 'imię', 'nazwisko', 'aktywny']],
    ['Finnish', ['käyttäjätunnus', 'sähköposti', 'etunimi', 'sukunimi', 'aktiivinen']],
    ['Danish', ['brugernavn', 'epost', 'fornavn', 'efternavn', 'er_aktiv']],
    ['Norwegian', ['brukernavn', 'e-post', 'fornavn', 'etternavn', 'aktiv']],
  ])('understands names in %s', (_, [username = '', email = '', given = '', family = '', enabled = '']) => {
    const columns = [
      ...[username, email, given, family].map((name) => column(name)),
      column(enabled, ['t', 'f'], 'boolean'),
    ];
    expect(fieldsOf(table('t', columns))).toEqual({
      'mapping.username': username,
      'mapping.email': email,
      'mapping.givenName': given,
      'mapping.familyName': family,
      'mapping.enabled': enabled,
    });
  });

  it('believes what values look like over names', () => {
    const columns = [
      column('login', ['ada', 'bob']),
      column('contact', ['ada@example.org', 'bob@example.org']),
      column('secret', ['$2b$10$abc', '$2b$10$def']),
      column('password', ['', '']),
    ];
    expect(fieldsOf(table('t', columns))).toMatchObject({
      'mapping.email': 'contact',
      'password.column': 'secret',
    });
    const proposal = propose({ tables: [table('t', columns)] }, formats);
    expect(proposal?.hashFormats).toEqual(['bcrypt']);
    expect(JSON.stringify(proposal)).not.toContain('$2b$');
    expect(JSON.stringify(proposal)).not.toContain('ada');
  });

  it('takes the table of people, not one that only has names', () => {
    const orders = table('orders', [column('id'), column('name'), column('email')]);
    const people = table('people', [column('username'), column('email'), column('password_hash')]);
    expect(propose({ tables: [orders, people] }, formats)?.table).toBe('people');
  });

  it('has people sign in with their address where nothing looks like a username', () => {
    const columns = [column('email'), column('password_hash')];
    expect(fieldsOf(table('t', columns))).toMatchObject({ 'mapping.username': 'email' });
  });

  /** What is proposed for `mapping.enabled`. */
  function enabledOf(...columns: readonly ColumnSchema[]) {
    const people = table('t', [column('username'), column('email'), ...columns]);
    const found = propose({ tables: [people] }, formats)?.fields.find(
      ({ path }) => path === 'mapping.enabled',
    );
    return found === undefined ? null : { column: found.column, transform: found.transform };
  }

  it.each<[ColumnSchema, unknown]>([
    [column('is_active', ['1', '0'], 'tinyint(1)'), { column: 'is_active', transform: [] }],
    [column('gesperrt', ['ja', 'nein']), { column: 'gesperrt', transform: ['not'] }],
    [
      column('deleted_at', ['2026-01-01 10:00:00'], 'datetime'),
      { column: 'deleted_at', transform: ['date', 'isEmpty'] },
    ],
    [
      column('status', ['A', 'I', 'X']),
      { column: 'status', transform: [{ switch: { A: 'true', default: 'false' } }] },
    ],
    [
      column('Statut', ['actif', 'supprimé']),
      { column: 'Statut', transform: [{ switch: { actif: 'true', default: 'false' } }] },
    ],
    [column('status', ['paid', 'shipped', 'returned']), null],
    [column('status', []), null],
    [column('active', ['blue', 'green']), null],
  ])('says who may sign in by %j', (given, expected) => {
    expect(enabledOf(given)).toEqual(expected);
  });

  it('takes one column that says who may sign in, and tells of the others', () => {
    const columns = [
      column('username'),
      column('email', ['a@example.org']),
      column('status', ['A', 'I']),
      column('active', ['t', 'f'], 'boolean'),
      column('mail_format', ['html']),
      column('password', ['x', 'y']),
      column('phone', ['1']),
    ];
    const proposal = propose({ tables: [table('t', columns)] }, formats);
    expect(proposal?.fields.find(({ path }) => path === 'mapping.enabled')?.column).toBe('active');
    expect(proposal?.nearMisses).toEqual([
      { path: 'mapping.enabled', column: 'status', reason: 'active fits better' },
      {
        path: 'password.column',
        column: 'password',
        reason: 'it is named like passwords, and its values are in no format that is recognised',
      },
    ]);
  });

  it('finds flags, the cursor and names written in one column', () => {
    const columns = [
      column('username'),
      column('email'),
      column('name', ['Byron, Ada', 'Moss, Eve']),
      column('must_change_password', ['0', '1'], 'tinyint(1)'),
      column('invite_pending', ['0'], 'tinyint(1)'),
      column('updated_at', ['2026-01-01'], 'timestamp'),
      column('created_at', ['2026-01-01'], 'timestamp'),
    ];
    const proposal = propose({ tables: [table('t', columns)] }, formats);
    expect(proposal?.cursor?.column).toBe('updated_at');
    expect(fieldsOf(table('t', columns))).toMatchObject({
      'password.forceReset': 'must_change_password',
      'password.preRegistration': 'invite_pending',
      'mapping.displayName': 'name',
      'mapping.givenName': 'name',
      'mapping.familyName': 'name',
    });
  });

  it('asks for the name of a format that no look tells', () => {
    const columns = [column('username'), column('password', ['0'.repeat(32), 'f'.repeat(32)])];
    expect(propose({ tables: [table('t', columns)] }, formats)).toMatchObject({
      namedFormat: 'md5-hex',
      hashFormats: [],
      fields: expect.arrayContaining([
        expect.objectContaining({ path: 'password.column', reason: expect.stringContaining('md5-hex') }),
      ]),
    });
  });

  describe('a column of salts', () => {
    const digests = column('password', ['0'.repeat(32), 'f'.repeat(32)]);
    const salts = (name: string): ColumnSchema => column(name, ['x9F', 'Qq2', '7za']);
    const proposed = (...columns: readonly ColumnSchema[]): ReturnType<typeof propose> =>
      propose({ tables: [table('t', [column('username'), column('email'), ...columns])] }, formats);

    it.each(['salt', 'password_salt', 'PwdSalt', 'Salz', 'user_salt'])(
      'is found under the name %s',
      (name) => {
        const proposal = proposed(digests, salts(name));
        expect(proposal).toMatchObject({
          namedFormat: null,
          salted: { column: name, digest: 'md5', reason: expect.stringContaining('MD5') },
          notes: expect.arrayContaining([expect.stringContaining('password.format')]),
        });
        expect(JSON.stringify(proposal)).not.toContain('x9F');
      },
    );

    it('does not belong to hashes that have their salt in themselves', () => {
      const proposal = proposed(column('password', ['$2b$10$abc']), salts('salt'));
      expect(proposal?.salted).toBeNull();
      expect(proposal?.nearMisses).toContainEqual({
        path: 'password.format',
        column: 'salt',
        reason: 'the hashes in password have their salt in themselves',
      });
    });

    it('is told of where the format is not known', () => {
      const proposal = proposed(column('password', ['strange', 'hashes']), salts('salt'));
      expect(proposal?.salted).toBeNull();
      expect(proposal?.notes.join('\n')).toContain('salt: { column: salt }');
    });

    it.each<[string, ColumnSchema]>([
      ['words', column('salt', ['a pinch', 'two pinches'])],
      ['the same text everywhere', column('salt', ['yes', 'yes', 'yes'])],
      ['addresses', column('salt', ['a@example.org', 'b@example.org'])],
    ])('is none that holds %s', (_, other) => {
      expect(proposed(digests, other)).toMatchObject({ salted: null, namedFormat: 'md5-hex' });
    });
  });

  it('repeats no value but the names of states', () => {
    const value = fc.string({ minLength: 4 }).map((text) => `canary${text}`);
    const names = fc.constantFrom(
      'username',
      'email',
      'status',
      'password',
      'name',
      'active',
      'deleted',
      'lang',
    );
    const columns = fc.uniqueArray(fc.record({ name: names, sample: fc.array(value) }), {
      selector: ({ name }) => name,
    });
    fc.assert(
      fc.property(columns, (given) => {
        const people = table(
          't',
          given.map(({ name, sample }) => column(name, sample)),
        );
        expect(JSON.stringify(propose({ tables: [people] }, formats))).not.toContain('canary');
      }),
    );
  });

  it('says what somebody has to decide', () => {
    const columns = [column('username'), column('email'), column('is_deleted', ['t'], 'boolean')];
    const notes = propose({ tables: [table('t', columns, [])] }, formats)?.notes.join('\n') ?? '';
    expect(notes).toContain('source.key');
    expect(notes).toContain('password hashes');
  });

  it('proposes nothing for a database without people', () => {
    expect(propose({ tables: [table('t', [column('amount'), column('currency')])] }, formats)).toBeNull();
    expect(propose({ tables: [] }, formats)).toBeNull();
  });
});
