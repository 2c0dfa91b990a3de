import type { Config, Role } from '../../config/options.ts';
import type { ShownOption } from '../../config/print.ts';
import type { AppContext } from '../app/context.ts';

/** What a process is to do, and with what. */
export interface RolesRequest {
  readonly config: Config;
  /** Every option as it may be shown. */
  readonly settings: readonly ShownOption[];
  readonly context: AppContext;
  readonly roles: readonly Role[];
}
