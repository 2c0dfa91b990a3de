import { modals } from '@mantine/modals';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { browserText } from '../shell/browser-text.ts';
import { Moment } from '../shell/moment.tsx';
import { RecordTable, type Column } from '../shell/record-table.tsx';
import { personSessionsQuery, type Person, type PersonSession } from './queries.ts';

const COLUMNS: readonly Column<PersonSession>[] = [
  {
    title: 'Browser',
    cell: ({ userAgent }) => <span title={userAgent ?? ''}>{browserText(userAgent)}</span>,
  },
  { title: 'Address', cell: ({ address }) => <span className="mono">{address ?? '–'}</span> },
  { title: 'Since', cell: ({ createdAt }) => <Moment at={createdAt} /> },
  { title: 'Last seen', cell: ({ seenAt }) => <Moment at={seenAt} /> },
  { title: 'Ends', cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
];

/** Where a person is signed in. */
export function openSessions(person: Person): void {
  modals.open({
    title: `Where ${person.username} is signed in`,
    size: 'xl',
    children: <Sessions who={person.id} />,
  });
}

function Sessions({ who }: { readonly who: string }): ReactNode {
  const { data, error } = useQuery(personSessionsQuery(who));
  return (
    <RecordTable
      label="Sessions"
      columns={COLUMNS}
      rows={data?.items}
      keyOf={({ id }) => id}
      error={error}
      empty="Nowhere any more."
    />
  );
}
