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
  tested: {
    against: 'schema',
    version: 'ASP.NET Core Identity 10',
    published: {
      repository: 'dotnet/aspnetcore',
      files: [
        { path: 'src/Identity/EntityFrameworkCore/src/IdentityUserContext.cs', commit: '0a4ebccc1582' },
        {
          path: 'src/ProjectTemplates/Web.ProjectTemplates/content/BlazorWeb-CSharp/BlazorWebCSharp.1/Data/SqlLite/00000000000000_CreateIdentitySchema.cs',
          commit: '11a71b0fad66',
        },
        { path: 'src/Identity/EntityFrameworkCore/src/UserOnlyStore.cs', commit: '1eb9c97973d3' },
        { path: 'src/Identity/Extensions.Core/src/PasswordHasher.cs', commit: '31c080a1e815' },
        {
          path: 'src/Identity/Extensions.Core/src/TotpSecurityStampBasedTokenProvider.cs',
          commit: '0f4f94128137',
        },
        { path: 'src/Identity/test/Identity.Test/PasswordHasherTest.cs', commit: '03741a0a53c9' },
      ],
      missing: [
        'It publishes the SQLite tables. Those of PostgreSQL and MySQL follow from its model and from the types that the EF Core providers Npgsql and Pomelo give its properties; they were not found in a repository of either.',
      ],
    },
  },
  notes: [
    'Sessions that are open at the application stay open: they end with SecurityStamp, from which it also makes the codes it sends, so that it has to be random; it is not written.',
    'With ProtectPersonalData names and addresses are encrypted in the table: nobody can be mapped.',
    'Lockouts pass by themselves and are not mapped: everybody is enabled.',
    'No column tells when a person changed, so that only PostgreSQL can be polled.',
  ],
};
