import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { decideRun, runQuery, type Run } from './queries.ts';

type Word = 'approve' | 'reject';

/** Approve or reject exactly the plan that is shown; approving takes the provider's name, typed. */
export function DecideRun({ run }: { readonly run: Run }): ReactNode {
  const open = (word: Word): void => {
    modals.open({
      title: word === 'approve' ? 'Approve this plan' : 'Reject this plan',
      children: <Confirm run={run} word={word} />,
    });
  };
  return (
    <Group>
      <Button color="red" onClick={() => open('approve')}>
        Approve …
      </Button>
      <Button variant="default" onClick={() => open('reject')}>
        Reject …
      </Button>
    </Group>
  );
}

function Confirm({ run, word }: { readonly run: Run; readonly word: Word }): ReactNode {
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const deciding = useMutation({
    mutationFn: async () => await decideRun(run, word),
    onSuccess: (decided) => {
      queries.setQueryData(runQuery(run.id).queryKey, decided);
      modals.closeAll();
    },
  });
  const disabled = run.counters.disabled ?? 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        deciding.mutate();
      }}
    >
      <Stack>
        <ProblemAlert error={deciding.error} />
        <Text size="sm">
          {word === 'approve'
            ? `${disabled.toLocaleString('en')} people of ${run.provider} will be disabled, and everything else in the plan is done.`
            : 'Nothing is done. The next run plans again from what the provider says then.'}
        </Text>
        {word === 'approve' && (
          <TextInput
            label={`Type ${run.provider} to confirm`}
            value={typed}
            data-autofocus
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        )}
        <Button
          type="submit"
          color={word === 'approve' ? 'red' : 'stream'}
          disabled={word === 'approve' && typed !== run.provider}
          loading={deciding.isPending}
        >
          {word === 'approve' ? 'Do exactly this plan' : 'Reject'}
        </Button>
      </Stack>
    </form>
  );
}
