import { useMutation, useQueryClient } from '@tanstack/react-query';
import { requestRun } from '../../../runs/queries.ts';
import { textAt } from '../../draft/document.ts';
import { applyDraft, setPaused } from '../../queries.ts';
import { useWizard } from '../wizard.ts';

/** Registers what was said so far, paused; or brings what is registered to it. */
export function useRegistering() {
  const { draft, update, complete } = useWizard();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const { value } = await applyDraft(complete(), draft.version);
      update({ version: value.version, registered: JSON.stringify(draft.document) });
      return value;
    },
    onSettled: async () => await queries.invalidateQueries({ queryKey: ['providers'] }),
  });
}

/** Registers where that is still to do, and asks for a run that shows its plan and does nothing. */
export function useDryRun() {
  const { draft, update } = useWizard();
  const registering = useRegistering();
  return useMutation({
    mutationFn: async () => {
      if (!isSaved(draft)) await registering.mutateAsync();
      const provider = textAt(draft.document, 'name');
      const { runId } = await requestRun({ provider, kind: 'full', dryRun: true });
      update({ dryRunId: runId });
    },
  });
}

/** Lets scheduled runs start, and asks for the first one now. */
export function useStarting() {
  const { draft, update, goTo } = useWizard();
  return useMutation({
    mutationFn: async () => {
      const provider = textAt(draft.document, 'name');
      const { runId } = await requestRun({ provider, kind: 'full', dryRun: false });
      await setPaused(provider, false);
      update({ firstRunId: runId, furthest: 'done' });
    },
    onSuccess: () => goTo('done'),
  });
}

/** Whether what is registered is what the wizard shows. */
export function isSaved({ version, registered, document }: ReturnType<typeof useWizard>['draft']): boolean {
  return version !== null && registered === JSON.stringify(document);
}
