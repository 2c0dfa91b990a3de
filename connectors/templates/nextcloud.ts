import type { Template } from './template.ts';

export const nextcloud: Template = {
  name: 'nextcloud',
  application: 'Nextcloud 14 and later',
  connectors: ['mysql', 'postgres', 'sqlite'],
  definition: {
    source: { table: 'oc_users', key: ['uid'] },
    mapping: {
      username: 'uid',
      displayName: { column: 'displayname', transform: { emptyIf: '' } },
    },
    password: { column: 'password', writeBack: { enabled: true } },
  },
  signs: { table: 'users', columns: ['uid', 'displayname', 'password', 'uid_lower'] },
  tested: {
    against: 'schema',
    version: 'Nextcloud 31',
    published: {
      repository: 'nextcloud/server',
      files: [
        { path: 'core/Migrations/Version13000Date20170718121200.php', commit: '00e341925bc1' },
        { path: 'core/Migrations/Version14000Date20180404140050.php', commit: '0bfd6217bdbe' },
        { path: 'core/Migrations/Version31000Date20240814184402.php', commit: '8d912d10ca57' },
        { path: 'lib/private/Security/Hasher.php', commit: '007be83a968e' },
        { path: 'tests/lib/Security/HasherTest.php', commit: '025d114e6a85' },
      ],
      missing: ['The migrations between these were not looked through.'],
    },
  },
  notes: [
    "Addresses and who is disabled are rows of oc_preferences. On MySQL have the owner of the database make a view for them, through which passwords are written back as well, and set source.table: tributary_people, mapping.email: email and mapping.enabled: { column: enabled, default: true }: CREATE VIEW tributary_people AS SELECT u.*, m.configvalue AS email, e.configvalue AS enabled FROM oc_users u LEFT JOIN oc_preferences m ON m.userid = u.uid AND m.appid = 'settings' AND m.configkey = 'email' LEFT JOIN oc_preferences e ON e.userid = u.uid AND e.appid = 'core' AND e.configkey = 'enabled'",
    'Elsewhere such a view cannot be written to: there it is one or the other.',
    'People of LDAP and other backends are not in this table.',
    'No column tells when a person changed, so that only PostgreSQL can be polled.',
  ],
};
