import {
  WEAK_FORMAT_WORDS,
  type PasswordRules,
  type ProviderDefinition,
} from '../../../connectors/contract/definition.ts';
import { expressionProblems } from '../../domain/providers/expression-problems.ts';
import { invalid, type Problem } from '../../kernel/errors.ts';
import { isWeak, KNOWN_FORMATS, WRITABLE_FORMATS } from '../../passwords/format-names.ts';
import type { AppContext } from '../context.ts';

/**
 * Refuses a definition that names what this installation does not have.
 *
 * @throws AppError `DEFINITION_INVALID` with every problem, or of the connector when there is no such kind.
 */
export async function checkDefinition(context: AppContext, definition: ProviderDefinition): Promise<void> {
  const problems = [...expressionProblems(definition), ...formatProblems(context, definition)];
  if (problems.length > 0)
    throw invalid('DEFINITION_INVALID', `The definition of ${definition.name} cannot be used.`, problems);
  // Connects to nothing: a connector does so when it is first asked something.
  const connector = await context.openProvider(definition, null);
  await connector[Symbol.asyncDispose]();
}

function formatProblems(context: AppContext, { password }: ProviderDefinition): readonly Problem[] {
  if (password === undefined) return [];
  return [
    ...readProblems(password),
    ...pepperProblems(context, password),
    ...(password.writeBack.enabled || password.writeBack.format !== undefined ? writeProblems(password) : []),
  ];
}

const NAMES = KNOWN_FORMATS.map(({ name }) => name);

function readProblems({ format }: PasswordRules): readonly Problem[] {
  if (typeof format !== 'string' || format === 'auto' || NAMES.includes(format)) return [];
  return [unknownFormat('password.format', ['auto', ...NAMES])];
}

function pepperProblems(context: AppContext, { format }: PasswordRules): readonly Problem[] {
  return context.passwords.missingPeppers(format).map((name) => ({
    path: 'password.format',
    code: 'PEPPER_MISSING',
    message: `needs the environment variable ${name}, which is not set here`,
    remedy: `Set it for every process of Tributary, for example with: read -rs ${name} && export ${name}`,
  }));
}

function writeProblems({ format, writeBack }: PasswordRules): readonly Problem[] {
  const path = 'password.writeBack.format';
  if (writeBack.format !== undefined && !NAMES.includes(writeBack.format))
    return [unknownFormat(path, WRITABLE_FORMATS)];
  if (writeBack.weakFormatAccepted !== undefined || !isWeak(writeBack.format ?? format)) return [];
  const message =
    writeBack.format === undefined
      ? 'is missing, and the format of the provider is weak: whoever reads its table could learn the passwords'
      : 'is weak: whoever reads the table could learn the passwords';
  const remedy = `Use one of: ${WRITABLE_FORMATS.join(', ')}. Or accept it with password.writeBack.weakFormatAccepted: "${WEAK_FORMAT_WORDS}".`;
  return [{ path, code: 'FORMAT_WEAK', message, remedy }];
}

function unknownFormat(path: string, known: readonly string[]): Problem {
  const message = 'is not a password format that can be used here';
  return { path, code: 'FORMAT_UNKNOWN', message, remedy: `Use one of: ${known.join(', ')}.` };
}
