import { missing } from '../../kernel/errors.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { lockProvider } from '../../store/providers/lock-provider.ts';
import { removeProvider as deleteProvider } from '../../store/providers/remove-provider.ts';
import { findProvider } from '../../store/providers/find-provider.ts';
import type { AppContext } from '../context.ts';
import type { TraceReport } from './list-traces.ts';
import { removeTraces } from './remove-traces.ts';

export interface RemovalRequest {
  readonly name: string;
  /** Whether its people may go on signing in. */
  readonly people: 'keep' | 'disable';
  readonly actor: string;
  readonly signal?: AbortSignal;
}

export interface RemovedProvider {
  /** How many people it had. */
  readonly profiles: number;
  /** What is left at the source, each with the SQL that drops it; and why the source could not be asked. */
  readonly left: TraceReport;
}

/**
 * Removes a provider, and what Tributary left at its source. Its people are kept or
 * disabled, never deleted. A source that cannot be reached does not stop it: what
 * may be left there is said.
 *
 * @throws AppError `PROVIDER_NOT_FOUND`
 */
export async function removeProvider(context: AppContext, request: RemovalRequest): Promise<RemovedProvider> {
  const { signal = new AbortController().signal } = request;
  const left = await removeTraces(context, await findProvider(context.store.read, request.name), signal);
  return { profiles: await remove(context, request, left), left };
}

async function remove(context: AppContext, request: RemovalRequest, left: TraceReport): Promise<number> {
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
      detail: { people, profiles, left: left.traces.map((trace) => trace.name) },
    });
    return profiles;
  });
}
