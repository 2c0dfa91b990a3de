import { Button, Card } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMay } from '../session/use-may.ts';
import { CopyCommand } from '../shell/copy-command.tsx';
import { Moment } from '../shell/moment.tsx';
import { Page } from '../shell/page.tsx';
import { StateFilter } from '../shell/state-filter.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import type { Column } from '../shell/record-table.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { tellDone, tellProblem } from '../shell/tell.ts';
import { retryWriteBacks, writeBacksQuery, type WriteBack } from './queries.ts';
import { isConflict, openSettling } from './settle-write-back.tsx';
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

const COLUMNS: readonly Column<WriteBack>[] = [
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
];

/** What the role may do about one of them. */
function actionsFor(may: {
  readonly retry: ((id: string) => void) | null;
  readonly settle: boolean;
}): readonly Column<WriteBack>[] {
  const { retry, settle } = may;
  if (retry === null) return [];
  const cell = (writeBack: WriteBack): ReactNode => {
    const { id, state, username } = writeBack;
    if (isConflict(writeBack))
      return (
        settle && (
          <Button
            size="xs"
            variant="default"
            aria-label={`Settle the conflict of ${username}`}
            onClick={() => openSettling(writeBack)}
          >
            Settle …
          </Button>
        )
      );
    return (
      AGAIN.includes(state) && (
        <Button size="xs" variant="default" onClick={() => retry(id)}>
          Try again
        </Button>
      )
    );
  };
  return [{ title: 'Actions', cell }];
}

function RetryAll({ busy, retry }: { readonly busy: boolean; readonly retry: () => void }): ReactNode {
  return (
    <>
      <CopyCommand command="write-back retry --all" />
      <Button variant="default" loading={busy} onClick={retry}>
        Try all again
      </Button>
    </>
  );
}

/** Passwords on their way back to the providers. */
export function WriteBacksScreen(): ReactNode {
  const { state } = useSearch({ from: '/inside/write-backs' });
  const navigate = useNavigate({ from: '/write-backs' });
  const queries = useQueryClient();
  const mayRetry = useMay('support');
  const mayDecide = useMay('admin');
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
        mayRetry && <RetryAll busy={retrying.isPending} retry={() => retrying.mutate({ all: true })} />
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
          columns={[
            ...COLUMNS,
            ...actionsFor({ retry: mayRetry ? (id) => retrying.mutate({ id }) : null, settle: mayDecide }),
          ]}
          keyOf={({ id }) => id}
          empty="No password is on its way. One is when somebody sets it here and the provider takes write-backs."
        />
      </Card>
    </Page>
  );
}
