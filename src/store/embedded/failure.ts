import { AppError } from '../../kernel/errors.ts';

/** @returns the AppError of an embedded server that cannot run; the remedy always names the way round it. */
export function embeddedFailure(message: string, remedy: string, cause?: unknown): AppError {
  return new AppError({
    kind: 'unavailable',
    code: 'EMBEDDED_SERVER_FAILED',
    message,
    remedy: `${remedy} Or set DATABASE_URL to a PostgreSQL server of your own.`.trim(),
    cause,
  });
}
