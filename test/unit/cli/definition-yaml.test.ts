import { expect, it } from '@jest/globals';
import { definitionYaml, passwordVariable } from '../../../src/cli/providers/definition-yaml.ts';
import { parseDefinition } from '../../../src/cli/read-definition.ts';
import { passwordVariable as consoleVariable } from '../../../src/console/providers/draft/yaml.ts';
import type { Proposal } from '../../../src/domain/providers/proposal.ts';

const proposal: Proposal = {
  table: 'public.people',
  reason: 'it has login',
  key: ['id'],
  cursor: { column: 'updated_at', reason: 'its name' },
  fields: [
    { path: 'mapping.username', column: 'login', transform: [], reason: 'its name' },
    { path: 'mapping.email', column: 'mail', transform: ['trim', 'lower'], reason: 'its values' },
    {
      path: 'mapping.enabled',
      column: 'status: odd',
      transform: [{ switch: { A: 'true', default: 'false' } }],
      reason: 'states',
    },
    { path: 'mapping.attributes.department', column: 'dept', transform: [], reason: 'its name' },
    { path: 'password.column', column: 'pw', transform: [], reason: 'hashes' },
  ],
  nearMisses: [
    { path: 'mapping.locale', column: 'lang', reason: 'no tags' },
    { path: 'password.forceReset', column: 'flag', reason: 'something else' },
  ],
  hashFormats: ['bcrypt'],
  namedFormat: null,
  salted: { column: 'salt', digest: 'sha1', reason: 'its name' },
  alternatives: [],
  notes: ['choose one'],
};

it('writes each line with its reason, and the password as a variable', () => {
  const whereabouts = {
    name: 'acme-hr',
    connector: 'postgres',
    connection: { host: 'db.acme.example', port: 5432, database: 'hr', user: 't', tls: 'verify-full' },
  } as const;
  const discovery = { whereabouts, tables: [], applications: [], others: [], query: null, proposal };
  const query = { text: 'SELECT 1', key: ['id'], columns: [], proposal };
  expect(definitionYaml({ ...discovery, query }, proposal)).toContain(
    'source:\n  query: SELECT 1\n  key:\n    - id\n',
  );
  expect(definitionYaml(discovery, proposal)).toBe(`# Proposed by: tributary provider discover
# To decide: choose one

name: acme-hr
connector: postgres
connection:
  host: db.acme.example
  port: 5432
  database: hr
  user: t
  tls: verify-full
  password: \${ACME_HR_PASSWORD}
source:
  table: public.people # it has login
  key:
    - id
changes:
  mode: poll
  cursor: updated_at # its name
  delta: "* * * * *"
  full: 0 3 * * *
# not mapping.locale: lang (no tags)
mapping:
  username: login # its name
  email: { column: mail, transform: [ trim, lower ] } # its values
  enabled: { column: "status: odd", transform: [ { switch: { A: "true", default: "false" } } ] } # states
  attributes:
    department: dept # its name
# not password.forceReset: flag (something else)
password:
  column: pw # hashes
  format: { digest: sha1, salt: { column: salt } } # its name
`);
});

it.each(['acme-hr', '3m-hr'])('names a variable for %s that the file is read with', (name) => {
  const variable = passwordVariable(name);
  expect(consoleVariable(name)).toBe(variable);
  const text = `name: ${name}
connector: postgres
connection: { host: db.acme.example, database: hr, user: t, password: '\${${variable}}' }
`;
  const about = { path: 'file', environment: { [variable]: 'hush' }, scope: 'whereabouts' } as const;
  expect(parseDefinition(text, about).password?.reveal()).toBe('hush');
});
