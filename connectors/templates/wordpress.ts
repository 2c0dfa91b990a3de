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
    "First and last names are rows of wp_usermeta. For them have the owner of the database make a view, through which passwords are written back as well, and set source.table: tributary_people, mapping.givenName: first_name and mapping.familyName: last_name: CREATE VIEW tributary_people AS SELECT u.*, f.meta_value AS first_name, l.meta_value AS last_name FROM wp_users u LEFT JOIN wp_usermeta f ON f.user_id = u.ID AND f.meta_key = 'first_name' LEFT JOIN wp_usermeta l ON l.user_id = u.ID AND l.meta_key = 'last_name'",
    'A hash is written in the format the person has: wordpress-bcrypt since 6.8, phpass before. People without one need password.writeBack.format.',
    'WordPress has no column that says who may sign in: everybody is enabled.',
  ],
};
