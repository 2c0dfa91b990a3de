import type { ServerOptions, TellFinding } from '../../contract/connector.ts';
import type { ConnectorTools } from '../../contract/tools.ts';
import type { Pool } from '../pool.ts';

/** What the checks look at. */
export interface CheckSubject {
  readonly options: ServerOptions;
  readonly pool: Pool;
  readonly tools: ConnectorTools;
  readonly tell?: TellFinding | undefined;
}
