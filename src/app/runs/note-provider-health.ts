import { ProviderEntity } from '../../store/entities/directory.ts';
import type { AppContext } from '../context.ts';

/** Remembers what a provider's last run ran into; null after one that went well. */
export async function noteProviderHealth(
  context: AppContext,
  providerId: string,
  fault: { readonly code: string; readonly message: string } | null,
): Promise<void> {
  await context.store.read.update(
    ProviderEntity,
    { id: providerId },
    {
      lastErrorCode: fault?.code ?? null,
      lastError: fault?.message ?? null,
      lastErrorAt: fault === null ? null : () => 'now()',
    },
  );
}
