import type { Template } from './template.ts';

export const laravel: Template = {
  name: 'laravel',
  application: 'Laravel 5 and later, with its starter kits',
  connectors: ['mysql', 'postgres', 'sqlite'],
  definition: {
    source: { table: 'users', key: ['id'] },
    changes: { mode: 'poll', cursor: 'updated_at' },
    mapping: {
      username: 'email',
      email: { column: 'email', transform: ['trim', { emptyIf: '' }] },
      displayName: { column: 'name', transform: { emptyIf: '' } },
    },
    password: {
      column: 'password',
      writeBack: { enabled: true, format: 'bcrypt-2y', set: { updated_at: 'now' } },
    },
  },
  signs: { table: 'users', columns: ['name', 'email', 'email_verified_at', 'password', 'remember_token'] },
  tested: {
    against: 'application',
    version: 'Laravel 8.83',
    published: {
      repository: 'laravel/laravel',
      files: [
        { path: 'database/migrations/0001_01_01_000000_create_users_table.php', commit: '2600aafbede7' },
        {
          path: 'src/Illuminate/Hashing/BcryptHasher.php',
          commit: '00e6ac05aa92',
          repository: 'laravel/framework',
        },
      ],
    },
  },
  notes: [
    'The table is the one that a new site starts with. Debian has the framework alone: in the tests it makes that table with its own schema builder.',
    'People sign in with their e-mail address: it is the username, too.',
    'Laravel has no column that says who may sign in: everybody is enabled.',
    'Since version 11 Laravel refuses every hash that does not begin with $2y$, and that is how one is written.',
    'With hashing.driver argon2id set password.writeBack.format to argon2id.',
  ],
};
