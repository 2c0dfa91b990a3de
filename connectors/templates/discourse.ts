import type { Template } from './template.ts';

export const discourse: Template = {
  name: 'discourse',
  application: 'Discourse 3.4 and later',
  connectors: ['postgres'],
  definition: {
    source: {
      // System users have numbers below 1; staged ones never signed up. Discourse takes an expired password for no
      // more than a reason to send an e-mail, so that it is none here.
      query:
        'SELECT u.id, u.username, u.name, u.locale, u.updated_at, e.email, ' +
        "u.active AND (u.suspended_till IS NULL OR u.suspended_till <= now() AT TIME ZONE 'UTC') AS enabled, " +
        'CASE WHEN p.password_expired_at IS NULL THEN p.password_hash END AS password_hash, p.password_salt, p.password_algorithm ' +
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
      enabled: 'enabled',
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
  tested: {
    against: 'schema',
    version: 'Discourse 3.4',
    published: {
      repository: 'discourse/discourse',
      files: [
        { path: 'app/models/user_password.rb', commit: '0a9b83a6d3b1' },
        { path: 'app/models/user_email.rb', commit: '01b3ea784f7e' },
        { path: 'app/controllers/session_controller.rb', commit: '0132f054d04d' },
        { path: 'lib/password_hasher.rb', commit: '0a9b83a6d3b1' },
        { path: 'spec/lib/password_hasher_spec.rb', commit: '07861266a77b' },
      ],
      missing: [
        'The table users was taken from the comment at the end of app/models/user.rb, in a version whose commit is not known.',
      ],
    },
  },
  notes: [
    'Addresses and hashes are in tables of their own, so that a query reads all three: people sign in with the password they have at Discourse, and nothing can be written back through it.',
    'Before 3.4 hashes are columns of users: write the query with u.password_hash, u.salt AS password_salt and, where it is there, u.password_algorithm; without it take password.format.algorithm out.',
    'Who is suspended is disabled until that ends, and who has to reset an expired password uses forgot-password. Where new people have to be approved, put AND u.approved behind the query.',
    'A changed address or password does not touch users.updated_at: full runs find it.',
  ],
};
