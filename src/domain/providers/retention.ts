import type { Trace } from '../../../connectors/contract/traces.ts';

const WARN_SHARE = 0.5;
/** Where the source sets no limit itself, its disk does. */
const UNLIMITED_WARN_BYTES = 1024 ** 3;

/** `high`: the history that a source keeps for us is half of what it may become, or a gibibyte where it may become anything. */
export function retentionOf({
  retainedBytes,
  limitBytes,
}: Pick<Trace, 'retainedBytes' | 'limitBytes'>): 'none' | 'low' | 'high' {
  if (retainedBytes === null) return 'none';
  const most = limitBytes === null ? UNLIMITED_WARN_BYTES : limitBytes * WARN_SHARE;
  return retainedBytes >= most ? 'high' : 'low';
}
