import type { Template } from './template.ts';

export const nextcloud: Template = {
  name: 'nextcloud',
  application: 'Nextcloud 12 and later',
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
  tested: { against: 'schema', version: 'Nextcloud 31' },
  notes: [
    "Addresses and who is disabled are rows of oc_preferences. The table is read alone so that passwords can be written back; for both use a query, which cannot be written to: SELECT u.*, m.configvalue AS email, e.configvalue AS enabled FROM oc_users u LEFT JOIN oc_preferences m ON m.userid = u.uid AND m.appid = 'settings' AND m.configkey = 'email' LEFT JOIN oc_preferences e ON e.userid = u.uid AND e.appid = 'core' AND e.configkey = 'enabled'",
    'People of LDAP and other backends are not in this table.',
    'No column tells when a person changed, so that only PostgreSQL can be polled.',
  ],
};
