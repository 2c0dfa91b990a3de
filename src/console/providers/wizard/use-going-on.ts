import { useMutation, useQuery } from '@tanstack/react-query';
import { ApiProblem } from '../../api/problem.ts';
import { canMap, kindOf, type Document } from '../draft/document.ts';
import type { FieldProblem } from '../forms/editing.tsx';
import { checkDraft, providersQuery } from '../queries.ts';
import { belongsTo, missingAt, strayTable, type StepAbout } from './steps.ts';
import type { WizardState } from './use-wizard-state.ts';
import type { Wizard } from './wizard.ts';

export interface GoingOn {
  readonly state: WizardState;
  readonly steps: readonly StepAbout[];
  readonly step: StepAbout;
}

/** Goes to the next step when nothing is wrong with this one; otherwise the fields say what is. */
export function useGoingOn({ state, steps, step }: GoingOn) {
  const { wizard, setProblems } = state;
  const { data: providers } = useQuery(providersQuery);
  const { draft } = wizard;
  return useMutation({
    mutationFn: async (): Promise<boolean> => {
      const others = providers?.items.map(({ name }) => name) ?? [];
      const missing = [
        ...missingAt(step.id, draft.document, draft.version === null ? others : []),
        ...(step.id === 'source' && kindOf(draft.document) !== 'push' ? strayTable(state.editing) : []),
      ];
      setProblems(missing);
      if (missing.length > 0) return false;
      if (step.id === 'connection') return await roadIsOpen(wizard);
      if (!canMap(draft.document)) return true;
      const found = (await problemsOf(wizard.complete())).filter((problem) => belongsTo(step, problem));
      setProblems(found);
      return found.length === 0;
    },
    onSuccess: (mayGo) => {
      const next = steps[steps.indexOf(step) + 1];
      if (!mayGo || next === undefined) return;
      const reached = steps.findIndex(({ id }) => id === draft.furthest);
      if (steps.indexOf(next) > reached) wizard.update({ furthest: next.id });
      wizard.goTo(next.id);
    },
  });
}

/** A login without a password is asked for none: the field that was left empty counts from here on. */
async function roadIsOpen({ road, complete, password, setPassword }: Wizard): Promise<boolean> {
  if (password === null) setPassword('');
  return (await road.run({ of: complete(), scope: 'whereabouts' })).ready;
}

async function problemsOf(document: Document): Promise<readonly FieldProblem[]> {
  try {
    await checkDraft(document);
    return [];
  } catch (error) {
    if (error instanceof ApiProblem && error.details.problems.length > 0) return error.details.problems;
    throw error;
  }
}
