import { readStretch, type StretchSearch } from '../shell/read-stretch.ts';

/** Held in the address of the screen. */
export interface AuditSearch extends StretchSearch {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
}

function text(given: unknown): string | undefined {
  const value = typeof given === 'number' ? String(given) : given;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function readAuditFilter(search: Record<string, unknown>): AuditSearch {
  return {
    actor: text(search['actor']),
    action: text(search['action']),
    subject: text(search['subject']),
    ...readStretch(search),
  };
}
