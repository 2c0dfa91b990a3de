import { stringify } from 'yaml';
import { findTemplate, templateDefinition } from '../../../../connectors/templates/index.ts';
import { passwordVariable } from '../definition-yaml.ts';
import type { Whereabouts } from './ask-connection.ts';

/** A definition that says where the database is and, of an application with a template, which: enough to look around. */
export function startingText(
  whereabouts: Whereabouts,
  source?: { readonly table: string } | { readonly query: string },
): string {
  const { name, connector, template, connection } = whereabouts;
  const login = 'user' in connection ? { password: `\${${passwordVariable(name)}}` } : {};
  const written = stringify({
    name,
    connector,
    ...(template === null ? {} : { template }),
    ...(connector === 'push' ? {} : { connection: { ...connection, ...login } }),
    ...(source === undefined || asksByQuery(whereabouts) ? {} : { source }),
    ...(template === null ? {} : { changes: { full: '0 3 * * *' } }),
  });
  if (template !== null) return written;
  return `${written}${connector === 'push' ? PUSHED : UNFINISHED}`;
}

/** A table would take the place of the template's query. */
function asksByQuery({ template: name, connector }: Whereabouts): boolean {
  const template = name === null ? null : findTemplate(name);
  return template !== null && 'query' in Object(templateDefinition(template, connector)['source']);
}

const PUSHED = `# The fields of what is pushed: what tells records apart, and what becomes what.
source:
  key: [id]
changes:
  mode: push
mapping:
  username: login
  email: mail
`;

const UNFINISHED = `# To be added: source, mapping, and how changes are found. A proposal: tributary provider discover -f FILE --yaml
`;
