import type { CheckStep, Finding } from '../connector.ts';

export interface Said {
  /** Stable. */
  readonly code: string;
  readonly message: string;
  /** Ready to paste where it is SQL. */
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
