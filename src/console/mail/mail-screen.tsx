import { Button, Card } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMay } from '../session/use-may.ts';
import { CopyCommand } from '../shell/copy-command.tsx';
import { Moment } from '../shell/moment.tsx';
import { Page } from '../shell/page.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import type { Column } from '../shell/record-table.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import { tellDone, tellProblem } from '../shell/tell.ts';
import { EmailFilters } from './email-filters.tsx';
import { MailTabs } from './mail-tabs.tsx';
import { emailsQuery, retryEmails, type Email } from './queries.ts';
import { PlaceLink } from '../shell/place-link.tsx';

function columnsWith(retry: ((id: string) => void) | null): readonly Column<Email>[] {
  const columns: readonly Column<Email>[] = [
    {
      title: 'To',
      cell: ({ username, recipient, profileId }) => (
        <PlaceLink to="/people/$who" params={{ who: profileId }}>
          {recipient ?? username}
        </PlaceLink>
      ),
    },
    { title: 'Kind', cell: ({ kind }) => kind },
    { title: 'State', cell: ({ state }) => <StateBadge state={state} /> },
    { title: 'Tries', numeric: true, cell: ({ attempts }) => attempts },
    { title: 'Asked', cell: ({ createdAt }) => <Moment at={createdAt} /> },
    { title: 'Sent', cell: ({ sentAt }) => <Moment at={sentAt} /> },
    { title: 'Next try', cell: ({ nextAttemptAt }) => <Moment at={nextAttemptAt} /> },
    {
      title: 'Reason',
      cell: ({ error, errorCode }) => (error === null ? '' : `${error} ${errorCode ?? ''}`),
    },
  ];
  if (retry === null) return columns;
  const actions: Column<Email> = {
    title: 'Actions',
    cell: ({ id, state }) =>
      (state === 'failed' || state === 'undeliverable') && (
        <Button size="xs" variant="default" onClick={() => retry(id)}>
          Try again
        </Button>
      ),
  };
  return [...columns, actions];
}

function confirmAll(onConfirm: () => void): void {
  modals.openConfirmModal({
    title: 'Try all failed e-mails again?',
    children: 'Addresses that were undeliverable are tried too. Whoever has been disabled gets nothing.',
    labels: { confirm: 'Try again', cancel: 'Leave them' },
    onConfirm,
  });
}

/** What was sent, what waits, and what could not be delivered. */
export function MailScreen(): ReactNode {
  const search = useSearch({ from: '/inside/mail' });
  const queries = useQueryClient();
  const mayRetry = useMay('support');
  const retrying = useMutation({
    mutationFn: retryEmails,
    onError: tellProblem,
    onSuccess: ({ retried }) => tellDone(`${String(retried)} will be tried again now.`),
    onSettled: async () => await queries.invalidateQueries({ queryKey: ['emails'] }),
  });
  return (
    <Page
      title="Mail"
      lead="Registration links, resets, and word that a password was set."
      actions={
        mayRetry && (
          <>
            <CopyCommand command="email retry --all" />
            <Button
              variant="default"
              loading={retrying.isPending}
              onClick={() => confirmAll(() => retrying.mutate({ all: true }))}
            >
              Try all failed again
            </Button>
          </>
        )
      }
    >
      <MailTabs here="outbox" />
      <EmailFilters search={search} />
      <Card withBorder>
        <PagedTable
          query={emailsQuery(search)}
          label="E-mails"
          columns={columnsWith(mayRetry ? (id) => retrying.mutate({ id }) : null)}
          keyOf={({ id }) => id}
          empty="There is no such e-mail. The first ones go out when somebody is invited, or sets a password."
        />
      </Card>
    </Page>
  );
}
