import type { Template } from './template.ts';

export const keycloak: Template = {
  name: 'keycloak',
  application: 'Keycloak 17 and later',
  connectors: ['postgres'],
  definition: {
    source: {
      query:
        'SELECT u.id, u.username, u.email, u.first_name, u.last_name, u.enabled, u.realm_id, c.secret_data, c.credential_data, ' +
        "EXISTS (SELECT FROM user_required_action a WHERE a.user_id = u.id AND a.required_action = 'UPDATE_PASSWORD') AS update_password " +
        "FROM user_entity u LEFT JOIN LATERAL (SELECT secret_data, credential_data FROM credential WHERE user_id = u.id AND type = 'password' " +
        'ORDER BY priority LIMIT 1) c ON true WHERE u.service_account_client_link IS NULL',
      key: ['id'],
    },
    mapping: {
      username: 'username',
      email: { column: 'email', transform: ['trim', { emptyIf: '' }] },
      givenName: { column: 'first_name', transform: { emptyIf: '' } },
      familyName: { column: 'last_name', transform: { emptyIf: '' } },
      enabled: 'enabled',
      attributes: { realm: 'realm_id' },
    },
    password: {
      column: 'secret_data',
      forceReset: 'update_password',
      format: { name: 'keycloak', credentialData: { column: 'credential_data' } },
    },
  },
  signs: {
    table: 'user_entity',
    columns: ['email_constraint', 'email_verified', 'realm_id', 'service_account_client_link'],
  },
  tested: {
    against: 'schema',
    version: 'Keycloak 8 and later',
    published: {
      repository: 'keycloak/keycloak',
      files: [
        { path: 'model/jpa/src/main/resources/META-INF/jpa-changelog-8.0.0.xml', commit: 'd6a800e21516' },
        {
          path: 'model/jpa/src/main/java/org/keycloak/models/jpa/entities/UserEntity.java',
          commit: '01a42f417fba',
        },
        {
          path: 'model/jpa/src/main/java/org/keycloak/models/jpa/entities/UserRequiredActionEntity.java',
          commit: '02b9d5ee13a7',
        },
      ],
      missing: [
        'Of the changelogs after 8.0.0 that of 26.5.0 was looked through, which leaves these tables alone; the others were not.',
      ],
    },
  },
  notes: [
    'On MySQL the names are in upper case and flags are bits: write the definition out there.',
    "Usernames are unique within a realm: name the realm at the end of source.query, for example AND u.realm_id = '…'.",
    'Hashes are JSON in the table credential, so that a query reads both: people sign in with the password they have at Keycloak, and nothing can be written back through it. Keycloak keeps people in memory besides, and would not see a write for a while.',
    'Who has a temporary password there, or has to choose a new one for another reason, has to choose one here too: the action UPDATE_PASSWORD.',
    'No column tells when a person changed: people are found by full runs.',
  ],
};
