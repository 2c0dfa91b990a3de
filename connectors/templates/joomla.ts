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
      writeBack: { enabled: true, format: 'bcrypt-2y', set: { requireReset: 0 } },
    },
  },
  signs: {
    table: 'users',
    columns: ['username', 'password', 'block', 'sendEmail', 'registerDate', 'requireReset'],
  },
  tested: {
    against: 'schema',
    version: 'Joomla 4 (MySQL) and 5 (PostgreSQL)',
    published: {
      repository: 'joomla/joomla-cms',
      files: [
        { path: 'installation/sql/mysql/base.sql', commit: '8a2925240790' },
        { path: 'installation/sql/postgresql/base.sql', commit: 'd03b7bb39cd1' },
        { path: 'libraries/src/User/UserHelper.php', commit: '042e4d53b660' },
        { path: 'plugins/authentication/joomla/src/Extension/Joomla.php', commit: '0a8e791a845a' },
      ],
      missing: ['No version of these files that belongs to Joomla 6 was found.'],
    },
  },
  notes: [
    'Joomla makes up the table prefix at installation: set source.table, as $dbprefix in configuration.php has it.',
    'Sessions that are open at Joomla stay open.',
    'No column tells when a person changed, so that only PostgreSQL can be polled.',
  ],
};
