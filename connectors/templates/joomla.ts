import type { Template } from './template.ts';

export const joomla: Template = {
  name: 'joomla',
  application: 'Joomla 3.3 and later',
  connectors: ['mysql', 'postgres'],
  definition: {
    source: { table: 'jos_users', key: ['id'] },
    mapping: {
      username: 'username',
      email: { column: 'email', transform: ['trim', { emptyIf: '' }] },
      displayName: { column: 'name', transform: { emptyIf: '' } },
      enabled: { column: 'block', transform: 'not' },
    },
    password: {
      column: 'password',
      forceReset: 'requireReset',
      writeBack: { enabled: true, format: 'bcrypt', set: { requireReset: 0 } },
    },
  },
  signs: {
    table: 'users',
    columns: ['username', 'password', 'block', 'sendEmail', 'registerDate', 'requireReset'],
  },
  tested: { against: 'schema', version: 'Joomla 6' },
  notes: [
    'Joomla makes up the table prefix at installation: set source.table, as $dbprefix in configuration.php has it.',
    'No column tells when a person changed, so that only PostgreSQL can be polled.',
  ],
};
