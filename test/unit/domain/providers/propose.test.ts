import { describe, expect, it } from '@jest/globals';
import type { ColumnSchema, TableSchema } from '../../../../connectors/contract/schema.ts';
import { propose } from '../../../../src/domain/providers/propose.ts';

const formatOf = (text: string): string | null => (text.startsWith('$2b$') ? 'bcrypt' : null);

function column(name: string, sample: readonly string[] = [], type = 'text'): ColumnSchema {
  return { name, type, nullable: true, sample };
}

function table(name: string, columns: readonly ColumnSchema[], key: readonly string[] = ['id']): TableSchema {
  return { name, kind: 'table', key, columns, estimatedRows: null };
}

function fieldsOf(...tables: readonly TableSchema[]): Record<string, string> {
  const proposal = propose({ tables }, formatOf);
  return Object.fromEntries((proposal?.fields ?? []).map(({ path, column: name }) => [path, name]));
}

describe('a proposed mapping', () => {
  it.each([
    ['English', ['login', 'email_address', 'first_name', 'last_name', 'is_active']],
    ['Swedish', ['användarnamn', 'epost', 'förnamn', 'efternamn', 'aktiv']],
    ['German', ['Benutzername', 'emailAdresse', 'Vorname', 'Nachname', 'ist_aktiv']],
    ['French', ['identifiant', 'courriel', 'prénom', 'nom', 'actif']],
    ['Spanish', ['usuario', 'correo', 'nombre', 'apellidos', 'activo']],
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
    const proposal = propose({ tables: [table('t', columns)] }, formatOf);
    expect(proposal?.hashFormats).toEqual(['bcrypt']);
    expect(JSON.stringify(proposal)).not.toContain('$2b$');
    expect(JSON.stringify(proposal)).not.toContain('ada');
  });

  it('takes the table of people, not one that only has names', () => {
    const orders = table('orders', [column('id'), column('name'), column('email')]);
    const people = table('people', [column('username'), column('email'), column('password_hash')]);
    expect(propose({ tables: [orders, people] }, formatOf)?.table).toBe('people');
  });

  it('has people sign in with their address where nothing looks like a username', () => {
    const columns = [column('email'), column('password_hash')];
    expect(fieldsOf(table('t', columns))).toMatchObject({ 'mapping.username': 'email' });
  });

  it('says what somebody has to decide', () => {
    const columns = [column('username'), column('email'), column('is_deleted', ['t'], 'boolean')];
    const notes = propose({ tables: [table('t', columns, [])] }, formatOf)?.notes.join('\n') ?? '';
    expect(notes).toContain('source.key');
    expect(notes).toContain('is_deleted');
    expect(notes).toContain('password hashes');
  });

  it('proposes nothing for a database without people', () => {
    expect(propose({ tables: [table('t', [column('amount'), column('currency')])] }, formatOf)).toBeNull();
    expect(propose({ tables: [] }, formatOf)).toBeNull();
  });
});
