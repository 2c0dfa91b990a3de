import { stringify } from 'yaml';
import type { ConnectorKind } from '../../../../connectors/contract/definition.ts';
import { templateDefinition, type Template } from '../../../../connectors/templates/index.ts';

const WIDTH = 110;

const CONNECTIONS: Readonly<Record<ConnectorKind, string>> = {
  postgres: server('5432'),
  mysql: server('3306'),
  sqlite: [
    'connection:',
    '  # In one of the folders of TRIBUTARY_SQLITE_FOLDERS.',
    '  file: /srv/app/data/app.db',
  ].join('\n'),
  push: 'connection: {}',
};

function server(port: string): string {
  return [
    'connection:',
    '  host: db.example.com',
    `  port: ${port}`,
    '  database: app',
    '  user: tributary',
    '  # From the environment when the file is applied; stored encrypted.',
    '  password: ${APP_DB_PASSWORD}',
    '  tls: verify-full',
  ].join('\n');
}

/** A definition to go on from, with everything the template says as comments that can be taken in. */
export function templateText(
  template: Template,
  about: { readonly name: string; readonly kind: ConnectorKind },
): string {
  const said = stringify(templateDefinition(template, about.kind), { lineWidth: WIDTH });
  return [
    comment(`${template.application}.`),
    ...template.notes.map((note) => comment(note)),
    '',
    `name: ${about.name}`,
    `connector: ${about.kind}`,
    `template: ${template.name}`,
    CONNECTIONS[about.kind],
    '',
    comment(
      'Everything below is what the template says. What is written here wins, setting by setting; null takes a setting out.',
    ),
    ...said
      .trimEnd()
      .split('\n')
      .map((line) => `# ${line}`),
    '',
    comment('When runs start by themselves: minute, hour, day, month, weekday.'),
    '# changes: { full: "0 3 * * *" }',
    '',
  ].join('\n');
}

/** Sentences, broken into lines of comment. */
function comment(text: string): string {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.split(' ')) {
    if (line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line].join('\n');
}
