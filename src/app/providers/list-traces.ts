import { ConnectorError } from '../../../connectors/contract/errors.ts';
import type { Trace } from '../../../connectors/contract/traces.ts';
import { AppError } from '../../kernel/errors.ts';
import { findProvider } from '../../store/providers/find-provider.ts';
import type { AppContext } from '../context.ts';
import { openConnector } from './open-connector.ts';

export interface TraceReport {
  /** What is or should be at the source because of us, in the connector's order. */
  readonly traces: readonly Trace[];
  /** Why the source could not be asked; null when it could. */
  readonly failure: { readonly code: string; readonly message: string } | null;
}

/** A source that does not answer within so long is not waited for. */
const LIMIT_MS = 10_000;

/**
 * What Tributary leaves at a provider's source. A source that cannot be asked is
 * said to be so, and is no error. @throws AppError `PROVIDER_NOT_FOUND`
 */
export async function listTraces(
  context: AppContext,
  name: string,
  signal: AbortSignal,
): Promise<TraceReport> {
  const provider = await findProvider(context.store.read, name);
  const limited = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  return await askForTraces(signal, async () => {
    await using connector = await openConnector(context, provider);
    return (await connector.traces?.list(limited)) ?? [];
  });
}

/** Turns a source's failure into a report; only what the caller aborted rejects. */
export async function askForTraces(
  signal: AbortSignal,
  ask: () => Promise<readonly Trace[]>,
): Promise<TraceReport> {
  try {
    return { traces: await ask(), failure: null };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ConnectorError || error instanceof AppError)
      return { traces: [], failure: { code: error.code, message: error.message } };
    if (error instanceof DOMException && error.name === 'TimeoutError')
      return {
        traces: [],
        failure: { code: 'SOURCE_TIMEOUT', message: 'the source did not answer in time' },
      };
    throw error;
  }
}
