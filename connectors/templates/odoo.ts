import type { Template } from './template.ts';

export const odoo: Template = {
  name: 'odoo',
  application: 'Odoo 12 and later',
  connectors: ['postgres'],
  definition: {
    source: { table: 'public.res_users', key: ['id'] },
    changes: { mode: 'poll' },
    mapping: {
      username: 'login',
      email: { column: 'login', transform: ['trim', 'lower'] },
      enabled: 'active',
    },
    password: {
      column: 'password',
      writeBack: { enabled: true, format: 'passlib-pbkdf2-sha512', set: { write_date: 'now' } },
    },
  },
  signs: {
    table: 'res_users',
    columns: ['login', 'password', 'active', 'partner_id', 'company_id', 'share'],
  },
  tested: { against: 'schema', version: 'Odoo 18' },
  notes: [
    'The login is taken for the e-mail address, as Odoo suggests. Names and addresses are in res_partner: for them use a query, which cannot be written to: SELECT u.*, p.name, p.email FROM res_users u JOIN res_partner p ON p.id = u.partner_id',
    'Portal users are included: leave them out with source.where: share IS NOT TRUE.',
  ],
};
