import type { Template } from './template.ts';

export const aspnetIdentity: Template = {
  name: 'aspnet-identity',
  application: 'ASP.NET Core Identity',
  connectors: ['postgres', 'sqlite', 'mysql'],
  definition: {
    source: { table: 'AspNetUsers', key: ['Id'] },
    mapping: {
      username: 'UserName',
      email: { column: 'Email', transform: ['trim', { emptyIf: '' }] },
      attributes: { phone: { column: 'PhoneNumber', transform: { emptyIf: '' } } },
    },
    password: { column: 'PasswordHash', writeBack: { enabled: true, format: 'aspnet-identity-v3' } },
  },
  signs: {
    table: 'AspNetUsers',
    columns: ['Id', 'UserName', 'NormalizedUserName', 'PasswordHash', 'SecurityStamp'],
  },
  tested: { against: 'schema', version: 'ASP.NET Core Identity 9' },
  notes: [
    'Sessions that are open at the application stay open: they end with SecurityStamp, which has to be random and is not written.',
    'Lockouts pass by themselves and are not mapped: everybody is enabled.',
    'No column tells when a person changed, so that only PostgreSQL can be polled.',
  ],
};
