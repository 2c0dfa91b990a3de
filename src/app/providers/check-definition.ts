import type { PasswordRules, ProviderDefinition } from '../../../connectors/contract/definition.ts';
import { expressionProblems } from '../../domain/providers/expression-problems.ts';
import { invalid, type Problem } from '../../kernel/errors.ts';
import type { AppContext } from '../context.ts';
import { formatProblems } from './format-problems.ts';

/**
 * Refuses a definition that names what this installation does not have.
 *
 * @throws AppError `DEFINITION_INVALID` with every problem, or of the connector when there is no such kind.
 */
export async function checkDefinition(context: AppContext, definition: ProviderDefinition): Promise<void> {
  const problems = [...expressionProblems(definition), ...passwordProblems(context, definition)];
  if (problems.length > 0)
    throw invalid('DEFINITION_INVALID', `The definition of ${definition.name} cannot be used.`, problems);
  // Connects to nothing: a connector does so when it is first asked something.
  const connector = await context.openProvider(definition, null);
  await connector[Symbol.asyncDispose]();
}

function passwordProblems(context: AppContext, { password }: ProviderDefinition): readonly Problem[] {
  if (password === undefined) return [];
  return [...formatProblems(password), ...pepperProblems(context, password)];
}

function pepperProblems(context: AppContext, { format }: PasswordRules): readonly Problem[] {
  return context.passwords.missingPeppers(format).map((name) => ({
    path: 'password.format',
    code: 'PEPPER_MISSING',
    message: `needs the environment variable ${name}, which is not set here`,
    remedy: `Set it for every process of Tributary, for example with: read -rs ${name} && export ${name}`,
  }));
}
