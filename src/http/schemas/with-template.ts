import type { ConnectorKind } from '../../../connectors/contract/definition.ts';
import {
  findTemplate,
  mergeDocuments,
  templateDefinition,
  TEMPLATES,
} from '../../../connectors/templates/index.ts';
import type { SchemaProblem, Suggest } from './problem.ts';

interface Completed {
  readonly document: unknown;
  readonly problems: readonly SchemaProblem[];
}

/** A document with what its template says where the author says nothing; as it is when it names none. */
export function withTemplate(document: unknown, kind: ConnectorKind, suggest: Suggest): Completed {
  if (!isDocument(document)) return { document, problems: [] };
  const { template: name } = document;
  if (typeof name !== 'string') return { document, problems: [] };
  const template = findTemplate(name);
  if (template === null) return { document, problems: [unknown(name, suggest)] };
  if (!template.connectors.includes(kind)) return { document, problems: [otherKind(template.connectors)] };
  return { document: mergeDocuments(templateDefinition(template, kind), document), problems: [] };
}

function unknown(name: string, suggest: Suggest): SchemaProblem {
  const names = TEMPLATES.map((template) => template.name);
  const meant = suggest(name, names);
  return {
    path: 'template',
    code: 'TEMPLATE_UNKNOWN',
    message: `names no template${meant === null ? '' : `; did you mean ${meant}?`}`,
    remedy: `Use one of: ${names.join(', ')}.`,
  };
}

function otherKind(connectors: readonly ConnectorKind[]): SchemaProblem {
  return {
    path: 'template',
    code: 'TEMPLATE_CONNECTOR',
    message: 'is of an application that does not run on this kind of database',
    remedy: `Set connector to ${connectors.join(' or ')}, or leave the template out.`,
  };
}

function isDocument(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
