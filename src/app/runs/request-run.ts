import type { Cause } from '../../domain/cause.ts';
import type { RunKind } from '../../domain/runs/run.ts';
import { AppError } from '../../kernel/errors.ts';
import { findProvider } from '../../store/providers/find-provider.ts';
import { findOpenRun } from '../../store/runs/find-open-run.ts';
import { insertRun } from '../../store/runs/insert-run.ts';
import type { AppContext } from '../context.ts';
import { openConnector } from '../providers/open-connector.ts';
import { feedOf } from './feed-of.ts';
import { withoutFeed } from './stage-changes.ts';

export interface RunRequest {
  /** The provider's name. */
  readonly provider: string;
  readonly kind: Extract<RunKind, 'full' | 'delta' | 'record'>;
  /** For a run of kind `record`. */
  readonly recordKey?: string;
  /** Ends after planning; writes nothing but its plan. */
  readonly dryRun?: boolean;
  readonly cause: Cause;
}

/**
 * Asks for a run now; a worker carries it out. An operator's request runs also
 * when the provider is paused.
 *
 * @throws AppError `RUN_HELD` (kind `held`) when a held run waits for a decision,
 *   `RUN_UNDER_WAY` when one is going, `PROVIDER_NOT_FOUND`; for a delta `FEED_MISSING`
 *   when nothing tells what changed, `CHANGES_FOLLOWED` when that is done all the time.
 */
export async function requestRun(context: AppContext, request: RunRequest): Promise<{ runId: string }> {
  if (request.kind === 'delta') await refuseWithoutFeed(context, request.provider);
  return await context.store.transaction(async (tx) => {
    const provider = await findProvider(tx, request.provider);
    if (request.kind !== 'record') refuseWhileOpen(request.provider, await findOpenRun(tx, provider.id));
    const runId = await insertRun(tx, {
      providerId: provider.id,
      definitionVersion: provider.version,
      kind: request.kind,
      dryRun: request.dryRun ?? false,
      recordKey: request.recordKey ?? null,
      cause: request.cause,
      tick: null,
    });
    if (runId === null) throw new Error('a run without a tick cannot exist already');
    return { runId };
  });
}

/** Connects to nothing: what a connector can do follows from the definition. */
async function refuseWithoutFeed(context: AppContext, name: string): Promise<void> {
  const provider = await findProvider(context.store.read, name);
  await using connector = await openConnector(context, provider);
  const feed = feedOf(context, provider, connector);
  if (feed === null) throw withoutFeed(name);
  if (feed.delivery === 'poll') return;
  throw new AppError({
    kind: 'conflict',
    code: 'CHANGES_FOLLOWED',
    message: `The changes of ${name} are followed as they happen; there is nothing for a delta run to do.`,
    remedy: `See how far it is: tributary provider show ${name}; read everything: tributary sync ${name} --full`,
  });
}

function refuseWhileOpen(provider: string, open: { id: string; state: string } | null): void {
  if (open === null) return;
  if (open.state === 'held') {
    throw new AppError({
      kind: 'held',
      code: 'RUN_HELD',
      message: `Run ${open.id} of ${provider} is held by a safeguard and waits for a decision.`,
      remedy: `Look at it with: tributary run show ${open.id}; then: tributary run approve ${open.id}, or reject.`,
    });
  }
  throw new AppError({
    kind: 'conflict',
    code: 'RUN_UNDER_WAY',
    message: `Run ${open.id} of ${provider} is under way.`,
    remedy: `Follow it with: tributary run show ${open.id}`,
  });
}
