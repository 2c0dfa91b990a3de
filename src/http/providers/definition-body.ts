import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Secret } from '../../../connectors/contract/secret.ts';
import { nearest } from '../../../config/nearest.ts';
import type { ProviderRequest } from '../../app/providers/apply-provider.ts';
import { writtenProblems } from '../../app/providers/written-problems.ts';
import { invalid, type Problem } from '../../kernel/errors.ts';
import { parseProviderDefinition, parseWhereabouts } from '../schemas/provider-definition.ts';

/** What consoles show in place of a password that is stored: sent back, it means that one. */
const MASK = /^[*•]+$/;

/** Reads a definition as the command does, with all problems at once. @throws AppError `DEFINITION_INVALID` */
export function readDocument(document: unknown, scope: 'whole' | 'whereabouts' = 'whole'): ProviderRequest {
  const read = readOne(document, scope);
  if ('request' in read) return read.request;
  throw invalid('DEFINITION_INVALID', 'The definition cannot be used; nothing was changed.', read.problems);
}

function readOne(
  document: unknown,
  scope: 'whole' | 'whereabouts',
): { readonly request: ProviderRequest } | { readonly problems: readonly Problem[] } {
  const parse = scope === 'whole' ? parseProviderDefinition : parseWhereabouts;
  const read = parse(document, nearest);
  if (!read.ok)
    return { problems: [...read.problems, ...(scope === 'whole' ? writtenProblems(read.written) : [])] };
  const { definition, password } = read.value;
  const given = password === undefined || MASK.test(password) ? null : new Secret(password);
  return { request: { definition, password: given } };
}

const MOST_DEFINITIONS = 1_000;

/** Reads several, with the problems of all of them at once. @throws AppError `DEFINITION_INVALID` */
export function readDocuments(body: unknown): readonly ProviderRequest[] {
  const documents: unknown = body instanceof Object && 'definitions' in body ? body.definitions : null;
  if (!Array.isArray(documents) || documents.length > MOST_DEFINITIONS)
    throw invalid('DEFINITION_INVALID', 'There are no definitions to read; nothing was changed.', [
      {
        path: 'definitions',
        code: 'WRONG_TYPE',
        message: `has to be a list of at most ${String(MOST_DEFINITIONS)}`,
        remedy: '',
      },
    ]);
  const problems: Problem[] = [];
  const read = documents.flatMap((document, at) => {
    const one = readOne(document, 'whole');
    if ('request' in one) return [one.request];
    problems.push(
      ...one.problems.map((each) => ({ ...each, path: `definitions[${String(at)}].${each.path}` })),
    );
    return [];
  });
  if (problems.length > 0)
    throw invalid('DEFINITION_INVALID', 'A definition cannot be used; nothing was changed.', problems);
  return read;
}

/** What a change of a definition is based on. */
export const conditionHeaders = z.looseObject({
  'if-match': z.string().optional(),
  'if-none-match': z.string().optional(),
});

/** `"3"`, or `*` of `If-None-Match`, as the version that is to be there. @throws AppError `CONDITION_NEEDED` */
export function expectedVersion(request: Pick<FastifyRequest, 'headers'>): number | 'none' | null {
  const { 'if-match': match, 'if-none-match': none } = request.headers;
  if (none === '*' && match === undefined) return 'none';
  const [, version] = /^"(\d{1,9})"$/.exec(match ?? '') ?? [];
  return version === undefined ? null : Number(version);
}
