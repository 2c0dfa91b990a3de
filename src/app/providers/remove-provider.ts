import { missing } from '../../kernel/errors.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { lockProvider } from '../../store/providers/lock-provider.ts';
import { removeProvider as deleteProvider } from '../../store/providers/remove-provider.ts';
import type { AppContext } from '../context.ts';

export interface RemovalRequest {
  readonly name: string;
  /** Whether its people may go on signing in. */
  readonly people: 'keep' | 'disable';
  readonly actor: string;
}

/**
 * Removes a provider. Its people are kept or disabled, never deleted. Nothing is
 * done at the source, where this version leaves nothing behind.
 *
 * @returns how many people it had.
 * @throws AppError `PROVIDER_NOT_FOUND`
 */
export async function removeProvider(context: AppContext, request: RemovalRequest): Promise<number> {
  const { name, people, actor } = request;
  return await context.store.transaction(async (tx) => {
    const provider = await lockProvider(tx, name);
    if (provider === null) throw missing('provider', name, 'List them with: bin/tributary provider list');
    const cause = { kind: 'operator', name: actor } as const;
    const profiles = await deleteProvider(tx, { id: provider.id, name, people, cause });
    await appendAudit(tx, context.keyring, {
      actor,
      action: 'provider.remove',
      subject: name,
      detail: { people, profiles },
    });
    return profiles;
  });
}
