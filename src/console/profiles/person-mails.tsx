import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Moment } from '../shell/moment.tsx';
import { RecordTable, type Column } from '../shell/record-table.tsx';
import { StateBadge } from '../shell/state-badge.tsx';
import type { Person } from './queries.ts';

type Mail = Person['emails'][number];
type WriteBack = Person['writeBacks'][number];

const KINDS: Readonly<Record<string, string>> = {
  registration: 'invitation',
  'password-reset': 'link for a new password',
  'password-set': 'a password was set',
};

const MAIL_COLUMNS: readonly Column<Mail>[] = [
  { title: 'E-mail', cell: ({ kind }) => KINDS[kind] ?? kind },
  { title: 'State', cell: ({ state }) => <StateBadge state={state} /> },
  { title: 'To', cell: ({ recipient }) => recipient ?? '–' },
  { title: 'Asked', cell: ({ createdAt }) => <Moment at={createdAt} /> },
  { title: 'Sent', cell: ({ sentAt }) => <Moment at={sentAt} /> },
  { title: 'Next try', cell: ({ nextAttemptAt }) => <Moment at={nextAttemptAt} /> },
  { title: 'Link good until', cell: ({ linkValidUntil }) => <Moment at={linkValidUntil} /> },
  { title: 'Link used', cell: ({ linkUsedAt }) => <Moment at={linkUsedAt} /> },
  {
    title: 'Reason',
    cell: ({ error, errorCode }) =>
      error === null ? '' : `${error} ${errorCode === null ? '' : `(${errorCode})`}`,
  },
];

/** The latest e-mails to a person, with what became of them and their links. */
export function PersonMails({ person }: { readonly person: Person }): ReactNode {
  if (person.emails.length === 0) return <Text c="dimmed">No e-mail was ever asked for.</Text>;
  return (
    <RecordTable
      label="E-mails"
      columns={MAIL_COLUMNS}
      rows={person.emails}
      keyOf={({ id }) => id}
      error={null}
      empty=""
    />
  );
}

const WRITE_BACK_COLUMNS: readonly Column<WriteBack>[] = [
  { title: 'Provider', cell: ({ provider }) => provider },
  { title: 'State', cell: ({ state }) => <StateBadge state={state} /> },
  { title: 'Asked', cell: ({ createdAt }) => <Moment at={createdAt} /> },
  { title: 'Finished', cell: ({ finishedAt }) => <Moment at={finishedAt} /> },
  {
    title: 'Reason',
    cell: ({ error, errorCode }) =>
      error === null ? <Text c="dimmed">–</Text> : `${error} ${errorCode === null ? '' : `(${errorCode})`}`,
  },
];

/** Passwords that were carried to the provider, or could not be. */
export function PersonWriteBacks({ person }: { readonly person: Person }): ReactNode {
  return (
    <RecordTable
      label="Write-backs"
      columns={WRITE_BACK_COLUMNS}
      rows={person.writeBacks}
      keyOf={({ id }) => id}
      error={null}
      empty=""
    />
  );
}
