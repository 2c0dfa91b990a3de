import type { Template } from './template.ts';

export const phpbb: Template = {
  name: 'phpbb',
  application: 'phpBB 3.0 and later',
  connectors: ['mysql', 'postgres', 'sqlite'],
  definition: {
    // Type 2 are robots and the guest.
    source: { table: 'phpbb_users', key: ['user_id'], where: 'user_type <> 2' },
    mapping: {
      username: 'username',
      email: { column: 'user_email', transform: ['trim', { emptyIf: '' }] },
      locale: { column: 'user_lang', transform: [{ replace: { from: '_', to: '-' } }, { emptyIf: '' }] },
      // 0 ordinary, 1 inactive, 3 founder.
      enabled: { column: 'user_type', transform: { boolean: { true: ['0', '3'], false: ['1'] } } },
    },
    password: {
      column: 'user_password',
      changedAt: 'user_passchg',
      writeBack: { enabled: true, set: { user_passchg: 'now' } },
    },
  },
  signs: {
    table: 'users',
    columns: ['user_type', 'username_clean', 'user_password', 'user_passchg', 'user_email'],
  },
  tested: { against: 'schema', version: 'phpBB 3.3' },
  notes: [
    'A hash is written in the format the person has: argon2id or bcrypt since 3.1, phpass before. People without one need password.writeBack.format.',
    'The table prefix is phpbb_ unless config.php says otherwise: set source.table.',
    'No column tells when a person changed, so that only PostgreSQL can be polled.',
  ],
};
