import { createContext, useContext } from 'react';
import type { Checks } from '../checks/use-checks.ts';
import type { Document } from '../draft/document.ts';
import type { Preview } from '../forms/mapping/use-preview.ts';
import type { Draft } from './keep-draft.ts';
import type { StepId } from './steps.ts';

/** What the steps of the wizard share besides the document. */
export interface Wizard {
  readonly draft: Draft;
  readonly update: (over: Partial<Draft>) => void;
  /** Null: not typed since the page was loaded. */
  readonly password: string | null;
  readonly setPassword: (password: string | null) => void;
  /** The definition as the API takes it, with the password when there is one. */
  readonly complete: () => Document;
  /** Whether the database could be asked now: it needs no password, has it, or it is stored. */
  readonly reachable: boolean;
  /** The checks of the road to the database. */
  readonly road: Checks;
  readonly discovering: { readonly busy: boolean; readonly error: Error | null; readonly again: () => void };
  readonly preview: Preview;
  readonly goTo: (step: StepId) => void;
  /** Throws the draft away and begins anew. */
  readonly startOver: () => void;
}

export const WizardContext = createContext<Wizard | null>(null);

export function useWizard(): Wizard {
  const wizard = useContext(WizardContext);
  if (wizard === null) throw new Error('a step stands outside of the wizard');
  return wizard;
}
