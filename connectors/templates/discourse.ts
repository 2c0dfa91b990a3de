import type { Template } from './template.ts';

export const discourse: Template = {
  name: 'discourse',
  application: 'Discourse 3.4 and later',
  connectors: ['postgres'],
  definition: {
    source: {
      // System users have numbers below 1; staged ones never signed up.
      query:
        'SELECT u.id, u.username, u.name, u.active, u.locale, u.updated_at, e.email, p.password_hash, p.password_salt, p.password_algorithm ' +
        'FROM users u LEFT JOIN user_emails e ON e.user_id = u.id AND e.primary LEFT JOIN user_passwords p ON p.user_id = u.id ' +
        'WHERE u.id > 0 AND NOT u.staged',
      key: ['id'],
    },
    changes: { mode: 'poll', cursor: 'updated_at' },
    mapping: {
      username: 'username',
      email: { column: 'email', transform: ['trim', { emptyIf: '' }] },
      displayName: { column: 'name', transform: { emptyIf: '' } },
      locale: { column: 'locale', transform: [{ replace: { from: '_', to: '-' } }, { emptyIf: '' }] },
      enabled: 'active',
    },
    password: {
      column: 'password_hash',
      format: {
        name: 'discourse',
        salt: { column: 'password_salt' },
        algorithm: { column: 'password_algorithm' },
      },
    },
  },
  signs: { table: 'users', columns: ['username_lower', 'trust_level', 'staged', 'active', 'moderator'] },
  tested: { against: 'schema', version: 'Discourse 3' },
  notes: [
    'Addresses and hashes are in tables of their own, so that a query reads all three: people sign in with the password they have at Discourse, and nothing can be written back through it.',
    'Before 3.4 hashes are columns of users: write the query with u.password_hash, u.salt AS password_salt and, where it is there, u.password_algorithm; without it take password.format.algorithm out.',
    'A changed address or password does not touch users.updated_at: full runs find it.',
  ],
};
