import type { Template } from './template.ts';

export const discourse: Template = {
  name: 'discourse',
  application: 'Discourse 2.0 and later',
  connectors: ['postgres'],
  definition: {
    source: {
      // System users have numbers below 1; staged ones never signed up.
      query:
        'SELECT u.id, u.username, u.name, u.active, u.locale, u.updated_at, e.email FROM users u ' +
        'LEFT JOIN user_emails e ON e.user_id = u.id AND e.primary WHERE u.id > 0 AND NOT u.staged',
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
  },
  signs: { table: 'users', columns: ['username_lower', 'trust_level', 'staged', 'active', 'moderator'] },
  tested: 'schema',
  notes: [
    'Addresses are in user_emails, so that a query reads both; nothing can be written through it. Hashes have moved to user_passwords in newer versions, with salt and algorithm in columns of their own.',
    'A changed address does not touch users.updated_at: full runs find it.',
  ],
};
