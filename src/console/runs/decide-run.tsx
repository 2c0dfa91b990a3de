import { Button, Group, List, Stack, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { decideRun, runQuery, type Run } from './queries.ts';

type Word = 'approve' | 'reject';

/** Approve or reject exactly the plan that is shown; either takes the provider's name, typed. */
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

const PLANNED = [
  ['disabled', 'will be disabled'],
  ['created', 'will be created'],
  ['linked', 'will be joined with people who are here'],
  ['updated', 'will be changed'],
  ['returned', 'will come back'],
  ['emails', 'e-mails go out'],
] as const;

function Confirm({ run, word }: { readonly run: Run; readonly word: Word }): ReactNode {
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const deciding = useMutation({
    mutationFn: async () => await decideRun(run, word),
    onSuccess: async (decided) => {
      queries.setQueryData(runQuery(run.id).queryKey, decided);
      modals.closeAll();
      await queries.invalidateQueries({ queryKey: ['runs'] });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        deciding.mutate();
      }}
    >
      <Stack>
        <ProblemAlert error={deciding.error} />
        {word === 'approve' ? <Consequences run={run} /> : <Nothing />}
        <TextInput
          label={`Type ${run.provider} to confirm`}
          value={typed}
          autoComplete="off"
          data-autofocus
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Button
          type="submit"
          color={word === 'approve' ? 'red' : 'stream'}
          disabled={typed !== run.provider}
          loading={deciding.isPending}
        >
          {word === 'approve' ? 'Do exactly this plan' : 'Reject'}
        </Button>
      </Stack>
    </form>
  );
}

function Consequences({ run }: { readonly run: Run }): ReactNode {
  return (
    <>
      <Text size="sm">Of the people of {run.provider}:</Text>
      <List size="sm">
        {PLANNED.filter(([counter]) => (run.counters[counter] ?? 0) > 0).map(([counter, words]) => (
          <List.Item key={counter}>
            <strong>{(run.counters[counter] ?? 0).toLocaleString('en')}</strong> {words}
          </List.Item>
        ))}
      </List>
    </>
  );
}

function Nothing(): ReactNode {
  return (
    <Text size="sm">
      Nothing is done. The next run plans again from what the provider says then; mend the cause before.
    </Text>
  );
}
