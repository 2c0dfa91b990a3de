import type { Template } from './template.ts';

export const magento: Template = {
  name: 'magento',
  application: 'Magento 2 and Adobe Commerce: customers',
  connectors: ['mysql'],
  definition: {
    source: { table: 'customer_entity', key: ['entity_id'] },
    changes: { mode: 'poll', cursor: 'updated_at' },
    mapping: {
      username: 'email',
      email: { column: 'email', transform: ['trim', 'lower'] },
      givenName: { column: 'firstname', transform: { emptyIf: '' } },
      familyName: { column: 'lastname', transform: { emptyIf: '' } },
      enabled: 'is_active',
    },
    password: {
      column: 'password_hash',
      writeBack: { enabled: true, format: 'magento', set: { updated_at: 'now' } },
    },
  },
  signs: {
    table: 'customer_entity',
    columns: ['entity_id', 'email', 'password_hash', 'is_active', 'website_id'],
  },
  tested: {
    against: 'schema',
    version: 'Magento 2.4',
    published: {
      repository: 'magento/magento2',
      files: [
        { path: 'app/code/Magento/Customer/etc/db_schema.xml', commit: '05da4bc1dc89' },
        { path: 'app/code/Magento/Customer/Model/Authentication.php', commit: '04a6368e1625' },
        { path: 'app/code/Magento/Customer/Model/Session/SessionCleaner.php', commit: '1b8220f7338b' },
        {
          path: 'lib/internal/Magento/Framework/Encryption/Test/Unit/EncryptorTest.php',
          commit: '000fe3f2ead6',
        },
      ],
      missing: [
        'Its encryptor was found at a commit before Argon2, and in a copy after it; hashes of Argon2 are held against PHP.',
      ],
    },
  },
  notes: [
    'Addresses are unique within a website: with several, name one in source.where, for example website_id = 1.',
    'Sessions that are open at Magento stay open. Where customer_entity has the column session_cutoff, password.writeBack.set: { session_cutoff: now } ends them, as Magento itself does.',
    'Where customers have to confirm their address, map enabled: { expression: "yes(record.is_active) && isEmpty(record.confirmation)" }.',
    'A hash is written as Argon2id with its parameters in it (version 3), as Magento 2.4 does; versions before do not know it.',
    'A table prefix chosen at installation comes before the name: set source.table.',
  ],
};
