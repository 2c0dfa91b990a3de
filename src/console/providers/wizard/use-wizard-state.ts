import { useEffect, useState } from 'react';
import { useChecks } from '../checks/use-checks.ts';
import { asksForPassword, put, withPassword, type Document, type Path } from '../draft/document.ts';
import type { Editing, FieldProblem } from '../forms/editing.tsx';
import { usePreview } from '../forms/mapping/use-preview.ts';
import { useLooking } from '../forms/use-looking.ts';
import { forgetDraft, keepDraft, loadDraft, NEW_DRAFT, type Draft } from './keep-draft.ts';
import type { StepId } from './steps.ts';
import type { Wizard } from './wizard.ts';

export interface WizardState {
  readonly wizard: Wizard;
  readonly editing: Editing;
  readonly setProblems: (problems: readonly FieldProblem[]) => void;
}

export interface WizardAt {
  readonly operator: string;
  readonly step: StepId;
  readonly goTo: (step: StepId) => void;
}

/** Steps that show what the database offers. */
const LOOKING: ReadonlySet<StepId> = new Set(['source', 'changes', 'mapping', 'passwords']);

/** Everything that the wizard knows: the draft, which survives a reload, and the password, which does not. */
export function useWizardState({ operator, step, goTo }: WizardAt): WizardState {
  const { draft, setDraft } = useKeptDraft(operator);
  const [password, setPassword] = useState<string | null>(null);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const { document } = draft;
  const reachable = !asksForPassword(document) || password !== null || draft.version !== null;
  const wanted = reachable && LOOKING.has(step);
  const looking = useLooking({ document, password, wanted, writing: step === 'source' });
  const preview = usePreview({ document, password, wanted: reachable && step === 'mapping' });
  const road = useChecks();
  const replace = (make: (present: Document) => Document): void => {
    setProblems([]);
    setDraft((present) => ({ ...present, document: make(present.document) }));
  };
  return {
    setProblems,
    editing: {
      document,
      replace,
      change: (path: Path, value: unknown) => replace((present) => put(present, path, value)),
      problems: step === 'mapping' ? [...problems, ...preview.problems] : problems,
      fresh: true,
      ...looking,
    },
    wizard: {
      draft,
      update: (over) => setDraft((present) => ({ ...present, ...over })),
      password,
      setPassword,
      complete: () => withPassword(document, password),
      reachable,
      road,
      discovering: {
        busy: looking.tables.isFetching,
        error: looking.tables.error,
        again: () => void looking.tables.refetch(),
      },
      preview,
      goTo,
      startOver: () => {
        forgetDraft(operator);
        setDraft(() => NEW_DRAFT);
        setPassword(null);
        goTo('kind');
      },
    },
  };
}

function useKeptDraft(operator: string): {
  readonly draft: Draft;
  readonly setDraft: (make: (present: Draft) => Draft) => void;
} {
  const [draft, setDraft] = useState(() => loadDraft(operator));
  useEffect(() => {
    if (draft !== NEW_DRAFT) keepDraft(operator, draft);
  }, [draft, operator]);
  return { draft, setDraft };
}
