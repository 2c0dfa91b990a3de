import type { ConnectorKind } from '../../../../connectors/contract/definition.ts';
import { findTemplate, TEMPLATES, type Template } from '../../../../connectors/templates/index.ts';
import { option, type Session, type Typed } from '../../command.ts';
import { createFile, refuse } from './create-file.ts';
import { templateText } from './template-text.ts';

/** Writes a file to go on from, and asks nothing. */
export async function fromTemplate(session: Session, typed: Typed): Promise<undefined> {
  const template = templateOf(option(typed, 'template') ?? '');
  const kind = kindOf(template, option(typed, 'connector'));
  const name = option(typed, 'name') ?? template.name;
  const file = option(typed, 'out') ?? `${name}.yaml`;
  await createFile(file, templateText(template, { name, kind }));
  session.output.result({ file, template: template.name, connector: kind }, () =>
    [
      `${file} is written. Fill in connection, then:`,
      `    bin/tributary provider test -f ${file}`,
      `    bin/tributary provider apply -f ${file}`,
    ].join('\n'),
  );
}

function templateOf(name: string): Template {
  const template = findTemplate(name);
  if (template !== null) return template;
  throw refuse('TEMPLATE_UNKNOWN', {
    path: '--template',
    message: 'names no template',
    remedy: `Use one of: ${TEMPLATES.map((known) => known.name).join(', ')}.`,
  });
}

/** The usual one unless given. */
function kindOf(template: Template, given: string | null): ConnectorKind {
  const kind = template.connectors.find((known) => known === (given ?? template.connectors[0]));
  if (kind !== undefined) return kind;
  throw refuse('TEMPLATE_CONNECTOR', {
    path: '--connector',
    message: `${template.name} does not run on this kind of database`,
    remedy: `Use one of: ${template.connectors.join(', ')}.`,
  });
}
