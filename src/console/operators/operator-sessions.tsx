import { Button, Group, Stack } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { browserText } from '../shell/browser-text.ts';
import { Moment } from '../shell/moment.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { RecordTable, type Column } from '../shell/record-table.tsx';
import {
  endOperatorSessions,
  operatorSessionsQuery,
  type Operator,
  type OperatorSession,
} from './queries.ts';

/** Where an operator is signed in; each can be ended, or all of them. */
export function openOperatorSessions(operator: Operator): void {
  modals.open({
    title: `Where ${operator.name} is signed in`,
    size: 'xl',
    children: <Sessions operator={operator} />,
  });
}

function columnsWith(end: (id: string) => void): readonly Column<OperatorSession>[] {
  return [
    {
      title: 'Browser',
      cell: ({ userAgent }) => <span title={userAgent ?? ''}>{browserText(userAgent)}</span>,
    },
    { title: 'Address', cell: ({ address }) => <span className="mono">{address ?? '–'}</span> },
    { title: 'Since', cell: ({ createdAt }) => <Moment at={createdAt} /> },
    { title: 'Last seen', cell: ({ seenAt }) => <Moment at={seenAt} /> },
    {
      title: 'Actions',
      cell: ({ id }) => (
        <Button size="xs" variant="default" onClick={() => end(id)}>
          End
        </Button>
      ),
    },
  ];
}

function Sessions({ operator }: { readonly operator: Operator }): ReactNode {
  const queries = useQueryClient();
  const { data, error } = useQuery(operatorSessionsQuery(operator.id));
  const ending = useMutation({
    mutationFn: async (sessionId: string | null) => await endOperatorSessions(operator.id, sessionId),
    onSettled: async () => await queries.invalidateQueries({ queryKey: ['operators'] }),
  });
  const some = data !== undefined && data.items.length > 0;
  return (
    <Stack>
      <ProblemAlert error={ending.error} />
      <RecordTable
        label="Sessions"
        columns={columnsWith((id) => ending.mutate(id))}
        rows={data?.items}
        keyOf={({ id }) => id}
        error={error}
        empty="Signed in nowhere."
      />
      {some && (
        <Group justify="flex-end">
          <Button variant="default" loading={ending.isPending} onClick={() => ending.mutate(null)}>
            End all of them
          </Button>
        </Group>
      )}
    </Stack>
  );
}
