import { isGroup, type Document } from '../draft/document.ts';
import { STEP_IDS, type StepId } from './steps.ts';

/** What somebody has told the wizard so far. The database's password is not part of it. */
export interface Draft {
  readonly document: Document;
  /** The ready-made definition that it was filled in with; all of it stands in the document. */
  readonly template: string | null;
  /** The step that was reached; all before it can be gone back to. */
  readonly furthest: StepId;
  /** The version that is registered; null: nothing is, yet. */
  readonly version: number | null;
  /** The document as it was registered, as JSON, to see whether anything has changed since. */
  readonly registered: string | null;
  readonly dryRunId: string | null;
  readonly firstRunId: string | null;
}

export const NEW_DRAFT: Draft = {
  document: { connector: 'postgres', changes: { full: '0 3 * * *' } },
  template: null,
  furthest: 'kind',
  version: null,
  registered: null,
  dryRunId: null,
  firstRunId: null,
};

const keyFor = (operator: string): string => `tributary-draft:${operator}`;

/** The draft that an operator has begun in this browser; a new one when there is none. */
export function loadDraft(operator: string): Draft {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyFor(operator)) ?? 'null');
    return isDraft(kept) ? { ...NEW_DRAFT, ...kept } : NEW_DRAFT;
  } catch {
    // Written by another version, or the browser keeps nothing: one begins anew.
    return NEW_DRAFT;
  }
}

export function keepDraft(operator: string, draft: Draft): void {
  try {
    localStorage.setItem(keyFor(operator), JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing still registers; a reload begins anew.
  }
}

export function forgetDraft(operator: string): void {
  localStorage.removeItem(keyFor(operator));
}

function isDraft(value: unknown): value is Draft {
  return isGroup(value) && isGroup(value['document']) && STEP_IDS.some((step) => step === value['furthest']);
}
