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
    password: { column: 'password_hash', writeBack: { enabled: true, set: { updated_at: 'now' } } },
  },
  signs: {
    table: 'customer_entity',
    columns: ['entity_id', 'email', 'password_hash', 'is_active', 'website_id'],
  },
  tested: { against: 'schema', version: 'Magento 2.4' },
  notes: [
    'Addresses are unique within a website: with several, name one in source.where, for example website_id = 1.',
    'A hash is written in the format the customer has, at its own version; people without one cannot be written to.',
    'A table prefix chosen at installation comes before the name: set source.table.',
  ],
};
