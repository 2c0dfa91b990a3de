import type { Connector } from '../../../connectors/contract/connector.ts';
import type { Logger } from '../../../connectors/contract/tools.ts';
import { mappingDigest } from '../../domain/providers/columns.ts';
import type { Rules } from '../../domain/runs/rules.ts';
import { newId } from '../../kernel/ids.ts';
import type { ProviderRow } from '../../store/entities/directory.ts';
import type { RunRow } from '../../store/entities/runs.ts';
import type { BatchScope } from '../../store/runs/batch.ts';
import type { AppContext } from '../context.ts';
import { feedOf } from './feed-of.ts';
import type { KeyFeed } from './key-feed.ts';

/** Everything one run works with, for as long as one worker has it. */
export interface RunSession {
  readonly context: AppContext;
  readonly provider: ProviderRow;
  readonly connector: Connector;
  /** Null when the provider offers no way to learn what changed. */
  readonly feed: KeyFeed | null;
  readonly run: RunRow;
  readonly lease: { readonly runId: string; readonly owner: string };
  readonly rules: Rules;
  readonly scope: BatchScope;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** @param about what the worker holds; the rules follow from the provider's definition. */
export function startSession(about: Omit<RunSession, 'feed' | 'rules' | 'scope' | 'logger'>): RunSession {
  const { context, provider, run } = about;
  const { sharedEmail } = context.settings;
  const mappedBy = mappingDigest(provider.definition);
  return {
    ...about,
    feed: feedOf(context, provider, about.connector),
    rules: { definition: provider.definition, providerId: provider.id, mappedBy, sharedEmail, newId },
    scope: { providerId: provider.id, mappedBy, sharedEmail, cause: { kind: 'run', runId: run.id } },
    logger: context.logger.child({ provider: provider.name, run: run.id }),
  };
}
