import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import { expressionProblems } from '../../domain/providers/expression-problems.ts';
import { invalid, type Problem } from '../../kernel/errors.ts';
import { KNOWN_FORMATS, WRITABLE_FORMATS } from '../../passwords/format-names.ts';
import type { AppContext } from '../context.ts';

/**
 * Refuses a definition that names what this installation does not have.
 *
 * @throws AppError `DEFINITION_INVALID` with every problem, or of the connector when there is no such kind.
 */
export async function checkDefinition(context: AppContext, definition: ProviderDefinition): Promise<void> {
  const problems = [...expressionProblems(definition), ...formatProblems(definition)];
  if (problems.length > 0)
    throw invalid('DEFINITION_INVALID', `The definition of ${definition.name} cannot be used.`, problems);
  // Connects to nothing: a connector does so when it is first asked something.
  const connector = await context.openProvider(definition, null);
  await connector[Symbol.asyncDispose]();
}

function formatProblems({ password }: ProviderDefinition): Problem[] {
  if (password === undefined) return [];
  const known = KNOWN_FORMATS.map(({ name }) => name);
  return [
    ...unknownFormat('password.format', password.format, ['auto', ...known]),
    ...unknownFormat('password.writeBack.format', password.writeBack.format, WRITABLE_FORMATS),
  ];
}

function unknownFormat(path: string, format: string | undefined, known: readonly string[]): Problem[] {
  if (format === undefined || known.includes(format)) return [];
  const message = 'is not a password format that can be used here';
  return [{ path, code: 'FORMAT_UNKNOWN', message, remedy: `Use one of: ${known.join(', ')}.` }];
}
