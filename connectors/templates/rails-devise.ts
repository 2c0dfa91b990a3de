import type { Template } from './template.ts';

export const railsDevise: Template = {
  name: 'rails-devise',
  application: 'Ruby on Rails with Devise',
  connectors: ['postgres', 'mysql', 'sqlite'],
  definition: {
    source: { table: 'users', key: ['id'] },
    changes: { mode: 'poll', cursor: 'updated_at' },
    mapping: {
      username: 'email',
      email: { column: 'email', transform: ['trim', { emptyIf: '' }] },
    },
    password: {
      column: 'encrypted_password',
      writeBack: { enabled: true, format: 'bcrypt', set: { updated_at: 'now' } },
    },
  },
  signs: {
    table: 'users',
    columns: ['email', 'encrypted_password', 'reset_password_token', 'remember_created_at'],
  },
  tested: { against: 'application', version: 'Devise 4.8 on Rails 6.1' },
  notes: [
    'People sign in with their e-mail address: it is the username, too. With authentication_keys set mapping.username.',
    'With config.pepper Devise mixes a secret into every hash: set password.format to { name: bcrypt, pepper: { environment: TRIBUTARY_PEPPER_DEVISE } } and take password.writeBack.format out with null.',
    'With :lockable map enabled: { column: locked_at, transform: isEmpty }.',
  ],
};
