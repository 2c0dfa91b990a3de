import type { Connector } from '../../../connectors/contract/connector.ts';
import type { Trace } from '../../../connectors/contract/traces.ts';
import { retentionOf } from '../../domain/providers/retention.ts';
import { ProviderEntity, type ProviderRow } from '../../store/entities/directory.ts';
import { recordProviderEventDaily } from '../../store/providers/record-provider-event.ts';
import type { AppContext } from '../context.ts';
import { askForTraces } from './list-traces.ts';
import { openConnector } from './open-connector.ts';

const LIMIT_MS = 20_000;

/** Looks at what every provider's source keeps because of us, and warns before it becomes the customer's trouble. */
export async function watchAllTraces(context: AppContext): Promise<void> {
  for (const provider of await context.store.read.find(ProviderEntity)) {
    const signal = AbortSignal.timeout(LIMIT_MS);
    const { failure } = await askForTraces(new AbortController().signal, async () => {
      await using connector = await openConnector(context, provider);
      await watchTraces(context, { provider, connector, signal });
      return [];
    });
    if (failure !== null)
      context.logger.debug('a source could not be asked what it keeps', { provider: provider.name, failure });
  }
}

/** The same for one provider whose connector is open. Says so once a day on its timeline, and each time in the log. */
export async function watchTraces(
  context: AppContext,
  about: {
    readonly provider: Pick<ProviderRow, 'id' | 'name'>;
    readonly connector: Pick<Connector, 'traces'>;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { provider, connector, signal } = about;
  const traces = (await connector.traces?.list(signal)) ?? [];
  for (const trace of traces) if (retentionOf(trace) === 'high') await warn(context, provider, trace);
}

async function warn(
  context: AppContext,
  { id, name }: Pick<ProviderRow, 'id' | 'name'>,
  trace: Trace,
): Promise<void> {
  const { retainedBytes, limitBytes } = trace;
  const detail = { trace: trace.name, retainedBytes, limitBytes };
  context.logger.warn('a source keeps much history for us', { provider: name, ...detail });
  await recordProviderEventDaily(context.store.read, {
    providerId: id,
    kind: 'retention-high',
    cause: { kind: 'system' },
    detail,
  });
}
