import { Button, Card } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { CopyCommand } from '../shell/copy-command.tsx';
import { Moment } from '../shell/moment.tsx';
import { Page } from '../shell/page.tsx';
import { StateFilter } from '../shell/state-filter.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import type { Column } from '../shell/record-table.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { tellDone, tellProblem } from '../shell/tell.ts';
import { retryWriteBacks, writeBacksQuery, type WriteBack } from './queries.ts';
import { PlaceLink } from '../shell/place-link.tsx';

const STATES: readonly WriteBack['state'][] = [
  'pending',
  'failed',
  'conflict',
  'missing',
  'superseded',
  'written',
];
const AGAIN: readonly WriteBack['state'][] = ['failed', 'missing'];

function columnsWith(retry: (id: string) => void): readonly Column<WriteBack>[] {
  return [
    {
      title: 'Person',
      cell: ({ username, profileId }) => (
        <PlaceLink to="/people/$who" params={{ who: profileId }}>
          {username}
        </PlaceLink>
      ),
    },
    { title: 'Provider', cell: ({ provider }) => provider },
    { title: 'Record', cell: ({ recordKey }) => <span className="mono">{recordKey}</span> },
    { title: 'State', cell: ({ state }) => <StateBadge state={state} /> },
    { title: 'Tries', numeric: true, cell: ({ attempts }) => attempts },
    { title: 'Since', cell: ({ createdAt }) => <Moment at={createdAt} /> },
    { title: 'Next try', cell: ({ nextAttemptAt }) => <Moment at={nextAttemptAt} /> },
    {
      title: 'Reason',
      cell: ({ error, errorCode }) => (error === null ? '' : `${error} ${errorCode ?? ''}`),
    },
    {
      title: 'Actions',
      cell: ({ id, state }) =>
        AGAIN.includes(state) && (
          <Button size="xs" variant="default" onClick={() => retry(id)}>
            Try again
          </Button>
        ),
    },
  ];
}

/** Passwords on their way back to the providers. */
export function WriteBacksScreen(): ReactNode {
  const { state } = useSearch({ from: '/inside/write-backs' });
  const navigate = useNavigate({ from: '/write-backs' });
  const queries = useQueryClient();
  const retrying = useMutation({
    mutationFn: retryWriteBacks,
    onError: tellProblem,
    onSuccess: ({ retried }) => tellDone(`${String(retried)} will be tried again now.`),
    onSettled: async () => await queries.invalidateQueries({ queryKey: ['write-backs'] }),
  });
  return (
    <Page
      title="Write-backs"
      lead="Passwords that people chose here, on their way to the provider."
      actions={
        <>
          <CopyCommand command="write-back retry --all" />
          <Button
            variant="default"
            loading={retrying.isPending}
            onClick={() => retrying.mutate({ all: true })}
          >
            Try all again
          </Button>
        </>
      }
    >
      <StateFilter
        states={STATES}
        value={state}
        onChange={(chosen) => void navigate({ search: chosen === undefined ? {} : { state: chosen } })}
      />
      <Card withBorder>
        <PagedTable
          query={writeBacksQuery(state)}
          label="Write-backs"
          columns={columnsWith((id) => retrying.mutate({ id }))}
          keyOf={({ id }) => id}
          empty="No password is on its way. One is when somebody sets it here and the provider takes write-backs."
        />
      </Card>
    </Page>
  );
}
