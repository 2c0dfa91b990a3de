import type { Template } from './template.ts';

export const odoo: Template = {
  name: 'odoo',
  application: 'Odoo 12 and later',
  connectors: ['postgres'],
  definition: {
    // Odoo's own: the system itself, visitors of the web site, and what new people are copied from.
    source: {
      table: 'public.res_users',
      key: ['id'],
      where: "login NOT IN ('__system__', 'default', 'portaltemplate', 'public')",
    },
    changes: { mode: 'poll' },
    mapping: {
      username: 'login',
      // The first administrator is called admin.
      email: {
        expression: "record.login.contains('@') ? record.login : ''",
        transform: ['trim', 'lower', { emptyIf: '' }],
      },
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
  tested: {
    against: 'schema',
    version: 'Odoo 19',
    published: {
      repository: 'odoo/odoo',
      files: [{ path: 'odoo/addons/base/models/res_users.py', commit: '0024699f6602' }],
    },
  },
  notes: [
    'A login with an @ is taken for the e-mail address, as Odoo suggests; other people have none. Names and addresses are in res_partner: for them use a query, which cannot be written to: SELECT u.*, p.name, p.email FROM res_users u JOIN res_partner p ON p.id = u.partner_id',
    'Portal users are included: leave them out with source.where: share IS NOT TRUE.',
  ],
};
