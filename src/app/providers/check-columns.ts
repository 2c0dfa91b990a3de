import type { ProviderSchema } from '../../../connectors/contract/schema.ts';
import { columnProblems, hasExpressions } from '../../domain/providers/column-problems.ts';
import { asError, invalid } from '../../kernel/errors.ts';
import type { AppContext } from '../context.ts';
import type { ProviderRequest } from './provider-request.ts';
import { openUnsaved } from './provider-target.ts';

/** A provider that does not answer by then does not hold up what is saved. */
const PATIENCE_MS = 10_000;

/**
 * Checks the columns that expressions read against those the provider has, where
 * it can be reached. Connects to nothing when there are no expressions.
 *
 * @throws AppError `DEFINITION_INVALID` with every column that is not there.
 */
export async function checkColumns(context: AppContext, request: ProviderRequest): Promise<void> {
  const { definition } = request;
  if (!hasExpressions(definition)) return;
  const schema = await look(context, request);
  const problems = schema === null ? [] : columnProblems(definition, schema);
  if (problems.length > 0)
    throw invalid('DEFINITION_INVALID', `The definition of ${definition.name} cannot be used.`, problems);
}

/** Null when the provider cannot be asked now. */
async function look(context: AppContext, request: ProviderRequest): Promise<ProviderSchema | null> {
  try {
    await using connector = await openUnsaved(context, request);
    return await connector.discover(AbortSignal.timeout(PATIENCE_MS));
  } catch (error) {
    const { message } = asError(error);
    context.logger.debug('columns not looked up', { provider: request.definition.name, message });
    return null;
  }
}
