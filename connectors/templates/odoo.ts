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
    against: 'application',
    version: 'Odoo 14',
    published: {
      repository: 'odoo/odoo',
      files: [{ path: 'odoo/addons/base/models/res_users.py', commit: '0024699f6602' }],
      missing: [
        'This file is of Odoo 19, which was read and not run: Debian has it, and at the time of writing it does not start there with the Python beside it.',
      ],
    },
  },
  notes: [
    'A login with an @ is taken for the e-mail address, as Odoo suggests; other people have none. Names and addresses are in res_partner: for them use a query, which cannot be written to: SELECT u.*, p.name, p.email FROM res_users u JOIN res_partner p ON p.id = u.partner_id',
    "Portal users are included: leave them out with AND share IS NOT TRUE at the end of source.where, which has to be written whole: login NOT IN ('__system__', 'default', 'portaltemplate', 'public') AND share IS NOT TRUE.",
    'Sessions that are open at Odoo stay open until it looks at the hash again, which it keeps in memory.',
  ],
};
