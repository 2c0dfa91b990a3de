import { AppError } from '../kernel/errors.ts';
import type { AppContext } from './context.ts';

/**
 * Resolves when the store can be reached and has every migration.
 *
 * @throws AppError of kind `unavailable` otherwise.
 */
export async function checkStore(context: Pick<AppContext, 'store'>): Promise<void> {
  if (!(await context.store.pendingMigrations())) return;
  throw new AppError({
    kind: 'unavailable',
    code: 'MIGRATIONS_PENDING',
    message: 'The store lacks migrations of this version.',
    remedy: 'Run tributary migrate.',
  });
}
