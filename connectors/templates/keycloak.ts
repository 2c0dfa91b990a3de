import type { Template } from './template.ts';

export const keycloak: Template = {
  name: 'keycloak',
  application: 'Keycloak 17 and later',
  connectors: ['postgres'],
  definition: {
    source: { table: 'user_entity', key: ['id'], where: 'service_account_client_link IS NULL' },
    mapping: {
      username: 'username',
      email: { column: 'email', transform: ['trim', { emptyIf: '' }] },
      givenName: { column: 'first_name', transform: { emptyIf: '' } },
      familyName: { column: 'last_name', transform: { emptyIf: '' } },
      enabled: 'enabled',
      attributes: { realm: 'realm_id' },
    },
  },
  signs: {
    table: 'user_entity',
    columns: ['email_constraint', 'email_verified', 'realm_id', 'service_account_client_link'],
  },
  tested: 'schema',
  notes: [
    'On MySQL the names are in upper case and flags are bits: write the definition out there.',
    "Usernames are unique within a realm: name the realm in source.where, for example AND realm_id = '…'.",
    'Hashes are JSON in the table credential, one row for each: they are not read, and passwords are not written back. Keycloak keeps people in memory besides, and would not see a write for a while.',
  ],
};
