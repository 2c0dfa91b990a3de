import { AppError, invalid, type Problem } from '../kernel/errors.ts';
import type { GivenDefinition } from './asks/providers.ts';
import { readDefinition, type Environment } from './read-definition.ts';

/**
 * Reads several files, and says what is wrong in all of them at once.
 *
 * @throws AppError `DEFINITION_INVALID` with the problems of every file, or what one file failed with.
 */
export async function readDefinitions(
  files: readonly string[],
  environment: Environment,
): Promise<readonly GivenDefinition[]> {
  const settled = await Promise.allSettled(files.map((file) => readDefinition(file, environment)));
  const failed = settled.flatMap((each, at) =>
    each.status === 'rejected' ? [{ file: files[at] ?? '', error: each.reason as unknown }] : [],
  );
  const [first, ...others] = failed;
  if (first === undefined)
    return settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  if (others.length === 0) throw first.error;
  throw invalid(
    'DEFINITION_INVALID',
    `${failed.length} files cannot be used; nothing was changed.`,
    failed.flatMap(({ file, error }) => problemsOf(file, error)),
  );
}

function problemsOf(file: string, error: unknown): readonly Problem[] {
  if (!(error instanceof AppError)) throw error;
  const { code, message, remedy, problems } = error;
  if (problems.length === 0) return [{ path: file, code, message, remedy }];
  return problems.map((problem) => ({ ...problem, path: `${file}: ${problem.path}` }));
}
