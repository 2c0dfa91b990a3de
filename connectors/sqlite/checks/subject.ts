import type { FileOptions, TellFinding } from '../../contract/connector.ts';
import type { ConnectorTools } from '../../contract/tools.ts';
import type { Pool } from '../pool.ts';

/** What the checks look at. */
export interface CheckSubject {
  readonly options: FileOptions;
  readonly pool: Pool;
  readonly tools: ConnectorTools;
  readonly tell?: TellFinding | undefined;
}
