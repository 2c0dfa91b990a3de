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
      // Its forms hand passwords on as HTML.
      format: { name: 'phpbb' },
      changedAt: 'user_passchg',
      writeBack: { enabled: true, set: { user_passchg: 'now' } },
    },
  },
  signs: {
    table: 'users',
    columns: ['user_type', 'username_clean', 'user_password', 'user_passchg', 'user_email'],
  },
  tested: {
    against: 'schema',
    version: 'phpBB 3.1',
    published: {
      repository: 'phpbb/phpbb',
      files: [
        { path: 'phpBB/install/schemas/mysql_41_schema.sql', commit: '94ffbb4050b2' },
        { path: 'phpBB/install/schemas/postgres_schema.sql', commit: 'b8c55291ed7e' },
        { path: 'phpBB/install/schemas/sqlite_3_schema.sql', commit: '073eaa779b9e' },
        { path: 'phpBB/phpbb/db/migration/data/v310/passwords.php', commit: '0a586258a21e' },
        { path: 'phpBB/phpbb/passwords/manager.php', commit: 'e157d8890bab' },
        { path: 'phpBB/phpbb/passwords/driver/bcrypt.php', commit: '31113f854b7f' },
        { path: 'phpBB/phpbb/request/type_cast_helper.php', commit: '0c09d355b3f7' },
        { path: 'phpBB/phpbb/auth/provider/db.php', commit: '040fc6dd0fee' },
      ],
      missing: [
        'Since 3.1 the tables come from migrations: later ones than that of passwords were not looked through.',
      ],
    },
  },
  notes: [
    'A hash is written in the format the person has: Argon2 or bcrypt since 3.1, phpass before; bcrypt where there is none, which 3.0 does not know.',
    'Two formats over one another ($H\\2y$ and the like: people of 3.0 who have not signed in since) are not recognised: such people use forgot-password.',
    'Sessions that are open at phpBB stay open.',
    'The table prefix is phpbb_ unless config.php says otherwise: set source.table.',
    'No column tells when a person changed, so that only PostgreSQL can be polled.',
  ],
};
