import type { Template } from './template.ts';

export const wordpress: Template = {
  name: 'wordpress',
  application: 'WordPress 4 and later, single site or multisite',
  connectors: ['mysql'],
  definition: {
    source: { table: 'wp_users', key: ['ID'] },
    mapping: {
      username: 'user_login',
      email: { column: 'user_email', transform: ['trim', { emptyIf: '' }] },
      displayName: { column: 'display_name', transform: { emptyIf: '' } },
      attributes: { website: { column: 'user_url', transform: { emptyIf: '' } } },
    },
    password: { column: 'user_pass', writeBack: { enabled: true } },
  },
  signs: {
    table: 'users',
    columns: ['user_login', 'user_pass', 'user_nicename', 'user_email', 'user_activation_key'],
  },
  tested: { against: 'application', version: 'WordPress 6.1' },
  notes: [
    'The table prefix is wp_ unless $table_prefix says otherwise: set source.table.',
    "First and last names are rows of wp_usermeta. The table is read alone so that passwords can be written back; for the names use a query, which cannot be written to: SELECT u.*, (SELECT meta_value FROM wp_usermeta m WHERE m.user_id = u.ID AND m.meta_key = 'first_name' LIMIT 1) AS first_name, (SELECT meta_value FROM wp_usermeta m WHERE m.user_id = u.ID AND m.meta_key = 'last_name' LIMIT 1) AS last_name FROM wp_users u",
    'A hash is written in the format the person has: wordpress-bcrypt since 6.8, phpass before. People without one need password.writeBack.format.',
    'WordPress has no column that says who may sign in: everybody is enabled.',
  ],
};
