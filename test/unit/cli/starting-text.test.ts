import { describe, expect, it } from '@jest/globals';
import { templateDefinition, TEMPLATES } from '../../../connectors/templates/index.ts';
import { startingText } from '../../../src/cli/providers/init/starting-text.ts';
import { parseDefinition } from '../../../src/cli/read-definition.ts';

const SERVER = { host: 'db.example.com', port: 5432, database: 'app', user: 'tributary', tls: 'verify-full' };

describe.each(
  TEMPLATES.flatMap((template) =>
    template.connectors.map((kind) => [template.name, kind, template] as const),
  ),
)('the file of somebody who has %s on %s', (name, connector, template) => {
  it('says where the people were found, and leaves a query to the template', () => {
    const connection = connector === 'sqlite' ? { file: '/srv/app.db' } : SERVER;
    const whereabouts = { name: 'my-app', connector, template: name, connection, password: 'x' };
    const text = startingText(whereabouts, { table: 'own.people' });
    const about = { path: 'file', environment: { MY_APP_PASSWORD: 'x' }, scope: 'whole' } as const;
    const { source } = parseDefinition(text, about).definition;
    const said = templateDefinition(template, connector)['source'] as Readonly<Record<string, unknown>>;
    expect(source).toMatchObject('query' in said ? { query: said['query'] } : { table: 'own.people' });
  });
});
