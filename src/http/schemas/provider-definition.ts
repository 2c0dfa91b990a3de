import { z } from 'zod';
import type { ConnectorKind, ProviderDefinition } from '../../../connectors/contract/definition.ts';
import { connectorKindOf, definitionSchema, keysAt, whereaboutsShape } from './definition-parts.ts';
import { text } from './checks.ts';
import { toProblems, type ProblemWording, type SchemaProblem, type Suggest } from './problem.ts';
import { relationProblems } from './relations.ts';
import { withTemplate } from './with-template.ts';

/** What a document says: the definition without the password, and the password as it was given. */
export interface ParsedDefinition {
  readonly definition: ProviderDefinition;
  /** Undefined: the document has none. */
  readonly password: string | undefined;
}

export type DefinitionResult =
  | { readonly ok: true; readonly value: ParsedDefinition }
  /** Every problem at once, each with its place; and what was written, with what its template says, but for the connection. */
  | { readonly ok: false; readonly problems: readonly SchemaProblem[]; readonly written: unknown };

/** Checks a provider definition as its author wrote it, and fills in what its template says and every default. */
export function parseProviderDefinition(written: unknown, suggest: Suggest): DefinitionResult {
  const kind = connectorKindOf(written);
  const { document, problems: ofTemplate } = withTemplate(written, kind, suggest);
  const read = definitionSchema(kind).safeParse(document, { reportInput: true });
  const found = read.success ? [] : toProblems(read.error.issues, wording(kind, suggest));
  const problems = withoutEchoes([...ofTemplate, ...found, ...relationProblems(document)]);
  if (!read.success || problems.length > 0)
    return { ok: false, problems, written: withoutConnection(document) };
  const { connection, ...definition } = read.data;
  const { password, ...where } = { password: undefined, ...connection };
  return { ok: true, value: { definition: { ...definition, connection: where }, password } };
}

/**
 * The same for a document that may stop after saying where the database is: name,
 * connector and connection, and the query where it has one. The rest is made up, and
 * good for looking around only.
 */
export function parseWhereabouts(document: unknown, suggest: Suggest): DefinitionResult {
  const kind = connectorKindOf(document);
  const shape = { ...whereaboutsShape(kind), source: queryShape.optional() };
  const read = z.object(shape).safeParse(document, { reportInput: true });
  if (!read.success)
    return {
      ok: false,
      problems: toProblems(read.error.issues, wording(kind, suggest)),
      written: withoutConnection(document),
    };
  const { source, ...where } = read.data;
  // What is pushed has no name at its source.
  const named =
    kind === 'push' ? {} : source?.query === undefined ? { table: 'unknown' } : { query: source.query };
  const rest = { source: { ...named, key: ['unknown'] }, mapping: { username: { value: 'unknown' } } };
  return parseProviderDefinition({ ...where, ...rest }, suggest);
}

/** All that is looked at of a source; the rest of it may still be unfinished. */
const queryShape = z.object({ query: text.optional() });

/** Secrets are in there. */
function withoutConnection(document: unknown): unknown {
  if (typeof document !== 'object' || document === null) return null;
  return Object.fromEntries(Object.entries(document).filter(([key]) => key !== 'connection'));
}

function wording(kind: ConnectorKind, suggest: Suggest): ProblemWording {
  return { suggest, keysAt: (path) => keysAt(path, kind) };
}

/** A setting that is missing is reported once. */
function withoutEchoes(problems: readonly SchemaProblem[]): readonly SchemaProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ path, message }) => {
    const line = `${path} ${message}`;
    if (seen.has(line)) return false;
    seen.add(line);
    return true;
  });
}
