import { Button, Card, Group, SegmentedControl, Select } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconExternalLink } from '@tabler/icons-react';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { meQuery } from '../session/queries.ts';
import { useMay } from '../session/use-may.ts';
import { Moment } from '../shell/moment.tsx';
import { Page } from '../shell/page.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { PlaceLink } from '../shell/place-link.tsx';
import type { Column } from '../shell/record-table.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { tellDone, tellProblem } from '../shell/tell.ts';
import { retryWork, workQuery, type Work, type WorkFilter } from './queries.ts';
import { WaitingCounts } from './waiting-work.tsx';

const NAMES: Readonly<Record<Work['kind'], string>> = {
  run: 'Run',
  email: 'E-mail',
  'write-back': 'Write-back',
};

function columnsWith(retry: ((id: string) => void) | null): readonly Column<Work>[] {
  const columns: readonly Column<Work>[] = [
    { title: 'What', cell: ({ kind, about }) => `${NAMES[kind]}${about === null ? '' : `, ${about}`}` },
    { title: 'For', cell: (work) => <Subject work={work} /> },
    {
      title: 'State',
      cell: ({ state, underWay }) => (
        <StateBadge state={state === 'failed' ? 'failed' : underWay ? 'under way' : 'waiting'} />
      ),
    },
    { title: 'Tries', numeric: true, cell: ({ attempts }) => attempts },
    { title: 'Asked', cell: ({ createdAt }) => <Moment at={createdAt} /> },
    {
      title: 'Next try',
      cell: ({ state, availableAt }) => <Moment at={state === 'pending' ? availableAt : null} />,
    },
    {
      title: 'Reason',
      cell: ({ error, errorCode }) =>
        error === null ? (
          ''
        ) : (
          <>
            {error} <span className="mono">{errorCode}</span>
          </>
        ),
    },
  ];
  if (retry === null) return columns;
  const actions: Column<Work> = {
    title: 'Actions',
    cell: ({ id, state }) =>
      state === 'failed' && (
        <Button size="xs" variant="default" onClick={() => retry(id)}>
          Try again
        </Button>
      ),
  };
  return [...columns, actions];
}

function Subject({ work }: { readonly work: Work }): ReactNode {
  const { kind, subjectId, provider, profileId, username } = work;
  if (kind === 'run')
    return (
      <PlaceLink to="/runs/$id" params={{ id: subjectId }}>
        {provider ?? 'a provider that is gone'}
      </PlaceLink>
    );
  if (profileId === null) return 'nobody any more';
  return (
    <PlaceLink to="/people/$who" params={{ who: profileId }}>
      {username}
    </PlaceLink>
  );
}

/** Runs, e-mails and write-backs that were given up, with the reason, and what waits. */
export function WorkScreen(): ReactNode {
  const search = useSearch({ from: '/inside/work' });
  const { data: me } = useSuspenseQuery(meQuery);
  const { retry, isRetrying } = useRetrying();
  const mayRetry = useMay('support');
  return (
    <Page
      title="Work"
      lead="Runs, e-mails and passwords that workers carry out."
      actions={
        <>
          {me?.role === 'admin' && (
            <Button
              component="a"
              href="/console/queues"
              target="_blank"
              rel="noreferrer"
              variant="subtle"
              rightSection={<IconExternalLink size={16} aria-label="in another tab" />}
            >
              Look into the queues
            </Button>
          )}
          {mayRetry && (
            <Button
              variant="default"
              loading={isRetrying}
              onClick={() => confirmAll(() => retry({ all: true }))}
            >
              Try all again
            </Button>
          )}
        </>
      }
    >
      <WaitingCounts />
      <Filters search={search} />
      <Card withBorder>
        <PagedTable
          query={workQuery(search)}
          label="Work"
          columns={columnsWith(mayRetry ? (id) => retry({ id }) : null)}
          keyOf={({ id }) => id}
          empty={search.state === 'pending' ? 'Nothing waits.' : 'Nothing was given up.'}
        />
      </Card>
    </Page>
  );
}

function Filters({ search }: { readonly search: WorkFilter }): ReactNode {
  const navigate = useNavigate({ from: '/work' });
  const set = (change: WorkFilter): void =>
    void navigate({ search: { ...search, ...change }, replace: true });
  return (
    <Group align="flex-end">
      <SegmentedControl
        aria-label="Which work"
        value={search.state ?? 'failed'}
        onChange={(state) => set({ state: state === 'pending' ? 'pending' : undefined })}
        data={[
          { value: 'failed', label: 'Given up' },
          { value: 'pending', label: 'Waiting' },
        ]}
      />
      <Select
        label="Kind"
        placeholder="Any"
        clearable
        clearButtonProps={{ 'aria-label': 'Any kind' }}
        data={Object.entries(NAMES).map(([value, label]) => ({ value, label }))}
        value={search.kind ?? null}
        onChange={(kind) => set({ kind: (kind as Work['kind'] | null) ?? undefined })}
      />
    </Group>
  );
}

function confirmAll(onConfirm: () => void): void {
  modals.openConfirmModal({
    title: 'Try all of it again?',
    children:
      'E-mails and passwords are tried from the start. A run that was given up begins anew, and plans anew.',
    labels: { confirm: 'Try all again', cancel: 'Leave it' },
    onConfirm,
  });
}

function useRetrying(): {
  readonly retry: (which: Parameters<typeof retryWork>[0]) => void;
  readonly isRetrying: boolean;
} {
  const queries = useQueryClient();
  const retrying = useMutation({
    mutationFn: retryWork,
    onError: tellProblem,
    onSuccess: ({ retried }) => tellDone(`${String(retried)} will be tried again now.`),
    onSettled: async () => await queries.invalidateQueries({ queryKey: ['work'] }),
  });
  return { retry: (which) => retrying.mutate(which), isRetrying: retrying.isPending };
}
