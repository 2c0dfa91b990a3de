import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import { FieldChanges } from '../../shell/field-changes.tsx';
import { ProblemAlert } from '../../shell/problem-alert.tsx';
import { tellDone } from '../../shell/tell.ts';
import { applyDraft, planDraft, type Planned } from '../queries.ts';
import type { Edited } from './use-edited.ts';

interface ReviewProps {
  readonly name: string;
  readonly edited: Edited;
}

/** Shows what saving would change, setting by setting, before it is saved. */
export function ReviewChanges({ name, edited }: ReviewProps): ReactNode {
  const [opened, { open, close }] = useDisclosure(false);
  const { complete, version, changed, stale, setProblems } = edited;
  const planning = useMutation({
    mutationFn: async () => await planDraft(complete, version),
    onSuccess: open,
    onError: (error) => setProblems(error instanceof ApiProblem ? error.details.problems : []),
  });
  return (
    <>
      <Stack gap="xs">
        {changed && <ProblemAlert error={planning.error} />}
        <Button disabled={!changed || stale} loading={planning.isPending} onClick={() => planning.mutate()}>
          Review the changes
        </Button>
      </Stack>
      <Modal opened={opened} onClose={close} title={`What changes in ${name}`} size="xl">
        {planning.data !== undefined && (
          <Review name={name} edited={edited} planned={planning.data} close={close} />
        )}
      </Modal>
    </>
  );
}

function Review(props: ReviewProps & { readonly planned: Planned; readonly close: () => void }): ReactNode {
  const { name, edited, planned, close } = props;
  const queries = useQueryClient();
  const saving = useMutation({
    mutationFn: async () => await applyDraft(edited.complete, edited.version),
    onSuccess: ({ value }) => {
      tellDone(`The definition of ${name} is saved.`);
      edited.saved(value.version);
      close();
    },
    onSettled: async () => await queries.invalidateQueries({ queryKey: ['providers'] }),
  });
  return (
    <Stack>
      <Difference planned={planned} />
      <ProblemAlert error={saving.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          Go on editing
        </Button>
        <Button
          data-autofocus
          disabled={planned.outcome === 'unchanged'}
          loading={saving.isPending}
          onClick={() => saving.mutate()}
        >
          Save
        </Button>
      </Group>
    </Stack>
  );
}

/** Changes of these begin the provider's history anew: the next run reads everything. */
const HISTORY =
  /^(?:connector|connection\.(?:host|port|database|file)|source|changes\.(?:mode|cursor|overlapMinutes))/;

function Difference({ planned }: { readonly planned: Planned }): ReactNode {
  const { outcome, changes, warnings } = planned;
  if (outcome === 'unchanged') return <Text>Nothing would change.</Text>;
  return (
    <>
      <FieldChanges changes={changes} />
      {Object.keys(changes).some((path) => HISTORY.test(path)) && (
        <Alert color="stream">The next run reads everything: what was known of the history ends here.</Alert>
      )}
      {warnings.map(({ path, code, message, remedy }) => (
        <Alert key={`${path} ${code}`} color="orange" title={message}>
          {remedy} <span className="dimmed">{code}</span>
        </Alert>
      ))}
    </>
  );
}
