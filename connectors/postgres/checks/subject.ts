import type { CheckStep, TellFinding, ServerOptions, Finding } from '../../contract/connector.ts';
import type { ConnectorTools } from '../../contract/tools.ts';
import type { Pool } from '../pool.ts';

/** What the checks look at. */
export interface CheckSubject {
  readonly options: ServerOptions;
  readonly pool: Pool;
  readonly tools: ConnectorTools;
  readonly tell?: TellFinding | undefined;
}

interface Said {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** Something that keeps the provider from working. */
export function problem(step: CheckStep, said: Said): Finding {
  return { step, severity: 'error', ...said };
}

/** Something that works and should not be left so. */
export function warning(step: CheckStep, said: Said): Finding {
  return { step, severity: 'warning', ...said };
}

export function passed(step: CheckStep, message: string): Finding {
  return { step, severity: 'ok', code: 'OK', message, remedy: '' };
}
